/* SPDX-License-Identifier: MIT */
/* Connections by name: dial, listen, resolve, and addresses as text.
 *
 *     int c = go_dial("tcp", "example.org:http", go_now() + 10 * GO_SECOND);
 *     if (c < 0)
 *         fprintf(stderr, "example.org: %s\n", go_dial_error_text(c));
 *
 * What is returned is a descriptor, an int as any other: not blocking, closed on exec, for
 * the calls of fd.h, and for those of others that know such descriptors.  The caller
 * closes it, by go_close_fd.  Any goroutine or thread may call everything here.
 *
 * Networks
 *     tcp, udp            over IPv4 or IPv6, whichever works
 *     tcp4, udp4          over IPv4 alone
 *     tcp6, udp6          over IPv6 alone
 *     unix, unixgram, unixpacket   of this machine: a stream, datagrams, packets in order
 *
 * Addresses
 *     127.0.0.1:80        a number and a port
 *     [::1]:80            an IPv6 number stands in brackets
 *     [fe80::1%eth0]:80   a number that is valid on one interface, by its name or number
 *     example.org:http    a name, asked of the system, as getaddrinfo answers; a service
 *     :80                 dialled: this machine; listened on: all addresses of it
 *     :0, or nothing after the colon    listened on: a port that the kernel chooses
 *     /run/x.sock         Unix: a path, of at most 107 bytes
 *     @name               Unix: an abstract name, no file; @ alone, listened on: the kernel
 *                         chooses one
 *
 * Like Go's net.Dial, net.Listen, net.ListenPacket, net.Resolver.
 */
#ifndef GOROUTINE_DIAL_H
#define GOROUTINE_DIAL_H

#include <goroutine/base.h>

#include <sys/socket.h>

/* What goes wrong before there is a socket.  All below -4096, where no errno is; so a
 * negative result is either a negative errno or one of these. */
enum go_net_error {
    GO_NET_NO_HOST = -4101,    /* no such host: the name is not known */
    GO_NET_NO_ADDRESS = -4102, /* it has none of the family that was asked for */
    GO_NET_TRY_AGAIN = -4103,  /* no name server answered, or it failed; later one may not */
    GO_NET_LOOKUP = -4104,     /* the system cannot look up names */
    GO_NET_NO_SERVICE = -4105, /* no port has that name */
    GO_NET_NO_PORT = -4106,    /* missing port in address */
    GO_NET_BAD_PORT = -4107,   /* a number that is no port */
    GO_NET_COLONS = -4108,     /* too many colons in address: an IPv6 number lacks brackets */
    GO_NET_BRACKETS = -4109,   /* missing ']', or a bracket elsewhere than around the host */
    GO_NET_NETWORK = -4110     /* unknown network */
};

/* Room for any address as text, and its end. */
#define GO_ADDRESS_SIZE 112

GO_BEGIN_DECLS

/* go_dial - connect to an address, not later than deadline (on go_now()'s clock, in ns).
 *
 * A name is resolved first.  If it has several addresses they are raced, families in
 * turn, as RFC 8305 says: the next begins when the one before has failed, or has not
 * connected within 250 ms; the first that connects wins, and of the others nothing is
 * left when the call returns.  Little time for many addresses makes that shorter.
 * TCP: TCP_NODELAY is set, and keepalive, each 15 s.  UDP and unixgram: connected, so
 * that write sends there and read hears from there alone.
 *
 * The descriptor; or a negative errno; or one of go_net_error.  If all addresses fail,
 * what the first one failed with.  -ETIMEDOUT: the deadline has passed (or the kernel
 * gave up); if it has before the call, nothing is begun.  Like Go's net.Dialer.Dial. */
GO_API int go_dial(const char *network, const char *address, int64_t deadline) GO_MUST_CHECK;

/* go_dial_ctx - the same, not longer than the context lasts: -ECANCELED, -ETIMEDOUT.  A
 * NULL context never ends.  Like Go's net.Dialer.DialContext. */
GO_API int go_dial_ctx(const char *network, const char *address, go_context *ctx) GO_MUST_CHECK;

/* go_dial_from, go_dial_from_ctx - the same, from a local address: "10.0.0.1:0", ":1234",
 * a path for unixgram.  Only addresses of its family are tried.  Like net.Dialer with
 * LocalAddr. */
GO_API int go_dial_from(const char *network, const char *local, const char *address,
                        int64_t deadline) GO_MUST_CHECK;
GO_API int go_dial_from_ctx(const char *network, const char *local, const char *address,
                            go_context *ctx) GO_MUST_CHECK;

/* go_listen - a socket that is bound to an address.
 *
 * tcp, unix, unixpacket: it listens, for go_accept; as many connections wait to be accepted
 * as the system allows.  udp, unixgram: for go_recvfrom and go_sendto.
 * tcp, udp without a host: IPv6 and IPv4, by one socket, or IPv4 alone if the machine has
 * no IPv6.  "[::]:80" does too, except on tcp6; "0.0.0.0:80" is IPv4 alone.  Of a name,
 * one address is used, of IPv4 if there is one.
 * tcp: SO_REUSEADDR is set; what is accepted has TCP_NODELAY and keepalive, as if dialled.
 * Unix: the path must not exist (-EADDRINUSE), and is not removed when the socket is
 * closed: unlink(2) it, before or after.
 *
 * The descriptor; or a negative errno; or one of go_net_error.  Parks only to resolve a
 * name.  Like Go's net.Listen and net.ListenPacket. */
GO_API int go_listen(const char *network, const char *address) GO_MUST_CHECK;

/* go_listen_until, go_listen_ctx - the same, with an end to the resolving (base.h). */
GO_API int go_listen_until(const char *network, const char *address,
                           int64_t deadline) GO_MUST_CHECK;
GO_API int go_listen_ctx(const char *network, const char *address, go_context *ctx) GO_MUST_CHECK;

/* go_resolve - the addresses that go_dial would try, in its order; without duplicates,
 * with the port.
 *
 * network: one of those above, but not a Unix one; or ip, ip4, ip6: then address is a host
 * without a port, an IPv6 number without brackets.  Stores at most size of them in list.
 * A number is not asked of anybody.  A name is asked of the system, by getaddrinfo, on a
 * thread of its own; others go on meanwhile.  At the deadline the call returns, and that
 * thread ends by itself, when the system has answered.  Who asks for a name that is being
 * asked for waits for the same answer; not more than 500 are asked for at a time.
 *
 * How many there are, at least 1, at most 64, also if size is less; or a negative errno; or
 * one of go_net_error.  Like Go's net.Resolver.LookupIPAddr. */
GO_API int go_resolve(const char *network, const char *address, struct sockaddr_storage *list,
                      int size, int64_t deadline) GO_MUST_CHECK;

/* go_resolve_ctx - the same, not longer than the context lasts. */
GO_API int go_resolve_ctx(const char *network, const char *address, struct sockaddr_storage *list,
                          int size, go_context *ctx) GO_MUST_CHECK;

/* go_local_address, go_remote_address - the address of a socket, and of its peer, as text.
 *
 * "127.0.0.1:80", "[::1]:80", "[fe80::1%eth0]:80", a path, "@name"; "" for a Unix socket
 * without a name.  An IPv4 address that a socket of both families shows as
 * "::ffff:127.0.0.1" is written as IPv4.  0; -ENOSPC: size is less than that takes
 * (GO_ADDRESS_SIZE never is); -ENOTCONN: no peer; -ENOTSOCK, -EBADF, -EAFNOSUPPORT.
 * Like Go's LocalAddr().String(). */
GO_API int go_local_address(int fd, char *buf, size_t size) GO_MUST_CHECK;
GO_API int go_remote_address(int fd, char *buf, size_t size) GO_MUST_CHECK;

/* go_address_text - a struct sockaddr_in, _in6 or _un of len bytes, as the same text. */
GO_API int go_address_text(const void *address, socklen_t len, char *buf,
                           size_t size) GO_MUST_CHECK;

/* go_dial_error_text - what a negative result of these calls means: "no such host",
 * "missing port in address"; for a negative errno what strerror says.  Static. */
GO_API const char *go_dial_error_text(int err);

GO_END_DECLS

#endif
