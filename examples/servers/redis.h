/* SPDX-License-Identifier: MIT */
/* The data of the Redis server: values by key, some of them for a limited time. */
#ifndef REDIS_H
#define REDIS_H

#include <goroutine.h>

/* Any bytes, of any number. */
struct bytes {
    const char *at;
    size_t len;
};

/* Never changed once it is stored: what is to be changed is replaced. */
struct value {
    int64_t expires; /* on go_now()'s clock; GO_FOREVER */
    size_t len;
    char at[];
};

/* Errors: */
enum { DATA_NOT_A_NUMBER = -1, DATA_NO_MEMORY = -2 };

/* data_pin, data_unpin - values that were loaded in between stay valid. */
unsigned data_pin(void);
void data_unpin(unsigned pin);
/* data_load - NULL: there is none, or not any more.  The caller has a pin. */
const struct value *data_load(struct bytes key);
/* data_store - 0 or DATA_NO_MEMORY. */
int data_store(struct bytes key, struct bytes value);
/* data_delete - true if it was there. */
bool data_delete(struct bytes key);
/* data_add - to the number that the key's value is, or to 0.  0 or an error. */
int data_add(struct bytes key, int64_t n, int64_t *sum);
/* data_expire - 1; 0 if the key is not there; or DATA_NO_MEMORY. */
int data_expire(struct bytes key, int64_t at);

/* bytes_to_number - false: it is no decimal number of 64 bits. */
bool bytes_to_number(struct bytes b, int64_t *n);
/* number_to_bytes - in decimal; buffer has room for 24. */
struct bytes number_to_bytes(int64_t n, char *buffer);

#endif
