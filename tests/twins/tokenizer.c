/* SPDX-License-Identifier: MIT */
/* A calculator in three stages: characters become tokens, tokens an order in which
 * they can be reckoned, that the value. */
#include <ctype.h>
#include <goroutine.h>
#include <stdio.h>

struct token {
    char kind; /* 'n', an operator, a parenthesis, '=' at the end of a line */
    int value;
};

static void lex(const char *text, go_chan(struct token) out)
{
    for (const char *s = text; *s; s++) {
        if (isdigit((unsigned char)*s)) {
            int v = 0;
            for (; isdigit((unsigned char)*s); s++)
                v = 10 * v + (*s - '0');
            s--;
            go_send(out, (struct token){ 'n', v });
        } else if (*s != ' ') {
            go_send(out, (struct token){ *s == '\n' ? '=' : *s, 0 });
        }
    }
    go_close(out);
}

static int binds(char op)
{
    return op == '+' || op == '-' ? 1 : op == '*' || op == '/' ? 2 : 0;
}

/* parse puts operators behind their operands. */
static void parse(go_chan(struct token) in, go_chan(struct token) out)
{
    char stack[32];
    int n = 0;
    go_range (t, in) {
        if (t.kind == 'n') {
            go_send(out, t);
        } else if (t.kind == '(') {
            stack[n++] = '(';
        } else {
            while (n > 0 && stack[n - 1] != '(' && binds(stack[n - 1]) >= binds(t.kind))
                go_send(out, (struct token){ stack[--n], 0 });
            if (t.kind == ')')
                n--;
            else if (t.kind == '=')
                go_send(out, t);
            else
                stack[n++] = t.kind;
        }
    }
    go_close(out);
}

static int apply(char op, int a, int b)
{
    return op == '+' ? a + b : op == '-' ? a - b : op == '*' ? a * b : a / b;
}

int main(void)
{
    go_chan(struct token) tokens = go_make(struct token, 0), ordered = go_make(struct token, 4);
    go(lex, "1 + 2 * 3\n(1 + 2) * 3\n100 / (2 + 3) - 4 * (7 - 5)\n2 * (3 + 4 * (5 - 1))\n", tokens);
    go(parse, tokens, ordered);
    int stack[32], n = 0;
    go_range (t, ordered) {
        if (t.kind == 'n') {
            stack[n++] = t.value;
            printf("%d ", t.value);
        } else if (t.kind == '=') {
            printf("= %d\n", stack[--n]);
        } else {
            n--;
            stack[n - 1] = apply(t.kind, stack[n - 1], stack[n]);
            printf("%c ", t.kind);
        }
    }
    go_drop(tokens);
    go_drop(ordered);
}
