/*
 * The least that fanning out costs on Linux without a JVM: one thread, epoll, one read for each socket that is ready, and at
 * the end of the turn one write for each member of each room in which something was said.
 *
 * It speaks as much of the protocol as a swarm in the clear needs: each connection joins one room, and says what fits its
 * buffers. The answers are given as hexadecimal digits: WELCOME, whose origin and user id are the bytes 0102030405060708, and
 * what follows the room's number in JOINED, which is the rest of the snapshot and a byte. A client that does not read is cut
 * off. It trusts its load: frames are taken to be well-formed.
 *
 * usage: floor WELCOME JOINED; prints its port and runs until its input ends
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PREFACE = 4, HEADER = 4, HELLO = 0x01, JOIN = 0x10, SAY = 0x20, MESSAGE = 0x60, JOINED = 0x43 };
enum { MOST_READ = 64 << 10, MOST_BURST = 256 << 10, MOST_NAME = 32, FIXED_USER = 10, MOST_ROOMS = 1 << 14, MOST_EVENTS = 1024 };

struct room;

struct member {
    int fd, prefaced, begun;
    struct room *room;
    uint64_t origin;
    uint8_t user[1 + FIXED_USER + MOST_NAME]; /* behind its length: id, kind, and the name behind its length */
    uint8_t part[1024];          /* the beginning of a frame */
};

struct room {
    char name[MOST_NAME + 1];
    int count, size, due;
    struct member **members;
    uint64_t seq;
    uint8_t *burst;
    int length;
};

static struct room rooms[MOST_ROOMS];
static int room_count, poll_fd;
static struct room *due[MOST_ROOMS];
static int due_count;
static uint8_t welcome[1024], joined[1024];
static int welcome_length, joined_length;
static uint64_t origins;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int from_hex(const char *hex, uint8_t *into) {
    int n = 0;
    for (; hex[0] && hex[1]; hex += 2) {
        sscanf(hex, "%2hhx", &into[n++]);
    }
    return n;
}

static uint8_t *put_varint(uint8_t *at, uint64_t value) {
    for (; value > 0x7f; value >>= 7) {
        *at++ = value | 0x80;
    }
    *at++ = value;
    return at;
}

static uint64_t varint(uint8_t **at) {
    uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
        uint8_t part = *(*at)++;
        value |= (uint64_t) (part & 0x7f) << shift;
        if (part < 0x80) {
            return value;
        }
    }
}

static void leave(struct member *member) {
    struct room *room = member->room;
    for (int i = 0; room && i < room->count; i++) {
        if (room->members[i] == member) {
            room->members[i] = room->members[--room->count];
        }
    }
    close(member->fd);
    free(member);
}

static int send_all(struct member *member, const uint8_t *bytes, int length) {
    return send(member->fd, bytes, length, MSG_NOSIGNAL) == length;
}

static int hello(struct member *member, uint8_t *at) {
    varint(&at), varint(&at), varint(&at);            /* versions, capabilities */
    for (int i = 0; i < 2; i++) {                     /* client, mechanism */
        uint64_t skip = varint(&at);
        at += skip;
    }
    int length = varint(&at);
    if (length > MOST_NAME) {
        return 0;
    }
    member->origin = ++origins;
    uint64_t big = htobe64(member->origin);
    member->user[0] = FIXED_USER + length;
    memcpy(member->user + 1, &big, 8);
    member->user[FIXED_USER] = length; /* the byte before it is 0, for a guest */
    memcpy(member->user + 1 + FIXED_USER, at, length);
    uint8_t reply[sizeof welcome], *id;
    memcpy(reply, welcome, welcome_length);
    while ((id = memmem(reply, welcome_length, "\1\2\3\4\5\6\7\10", 8))) {
        memcpy(id, &big, 8);
    }
    return send_all(member, reply, welcome_length);
}

static int join(struct member *member, uint8_t *at) {
    uint64_t id = varint(&at);
    int length = varint(&at), number = 0;
    if (length > MOST_NAME || member->room) {
        return 0;
    }
    while (number < room_count
            && !(strlen(rooms[number].name) == (size_t) length && !memcmp(rooms[number].name, at, length))) {
        number++;
    }
    if (number == MOST_ROOMS) {
        return 0;
    }
    struct room *room = &rooms[number];
    if (number == room_count) {
        room_count++;
        memcpy(room->name, at, length);
        room->burst = malloc(MOST_BURST);
    }
    if (room->count == room->size) {
        room->size = room->size ? 2 * room->size : 8;
        room->members = realloc(room->members, room->size * sizeof *room->members);
    }
    room->members[room->count++] = member;
    member->room = room;
    uint8_t digits[10], reply[sizeof joined + 32], *end = put_varint(reply + HEADER, id);
    end = put_varint(end, put_varint(digits, number + 1) - digits + joined_length - 1); /* the snapshot's length */
    end = put_varint(end, number + 1);
    memcpy(end, joined, joined_length);
    end += joined_length;
    uint32_t header = htonl(JOINED << 24 | (end - reply - HEADER));
    memcpy(reply, &header, HEADER);
    return send_all(member, reply, end - reply);
}

static void send_burst(struct room *room) {
    for (int i = room->count - 1; i >= 0; i--) { /* backwards: who leaves is replaced by the last */
        if (!send_all(room->members[i], room->burst, room->length)) {
            shutdown(room->members[i]->fd, SHUT_RDWR); /* the next read sees it */
        }
    }
    room->length = 0;
}

static int say(struct member *member, uint8_t *at, uint8_t *end) {
    struct room *room = member->room;
    if (!room) {
        return 0;
    }
    varint(&at); /* the room: there is one */
    uint64_t cid = varint(&at);
    if (room->length + (end - at) + 128 > MOST_BURST) {
        send_burst(room);
    }
    if (!room->due) {
        room->due = 1;
        due[due_count++] = room;
    }
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint8_t *frame = room->burst + room->length, *to = put_varint(frame + HEADER, room - rooms + 1);
    to = put_varint(to, ++room->seq);
    to = put_varint(to, now.tv_sec * 1000ull + now.tv_nsec / 1000000);
    uint64_t big = htobe64(member->origin);
    memcpy(to, &big, 8);
    to = put_varint(to + 8, cid);
    memcpy(to, member->user, member->user[0] + 1);
    to += member->user[0] + 1;
    memcpy(to, at, end - at);
    to += end - at;
    uint32_t header = htonl(MESSAGE << 24 | (to - frame - HEADER));
    memcpy(frame, &header, HEADER);
    room->length = to - room->burst;
    return 1;
}

static int take(struct member *member, uint8_t *at, uint8_t *end) {
    if (!member->prefaced && end - at >= PREFACE) {
        member->prefaced = 1;
        at += PREFACE;
    }
    while (member->prefaced && end - at >= HEADER) {
        uint32_t header;
        memcpy(&header, at, HEADER);
        header = ntohl(header);
        uint8_t *next = at + HEADER + (header & 0xffffff);
        if (next > end) {
            break;
        }
        at += HEADER;
        switch (header >> 24) {
            case SAY: if (!say(member, at, next)) return 0; break;
            case HELLO: if (!hello(member, at)) return 0; break;
            case JOIN: if (!join(member, at)) return 0; break;
            default: return 0;
        }
        at = next;
    }
    member->begun = end - at;
    if ((size_t) member->begun > sizeof member->part) {
        return 0;
    }
    memcpy(member->part, at, member->begun);
    return 1;
}

static void receive(struct member *member) {
    static uint8_t in[sizeof member->part + MOST_READ];
    memcpy(in, member->part, member->begun);
    ssize_t count = read(member->fd, in + member->begun, MOST_READ);
    if (count <= 0 || !take(member, in, in + member->begun + count)) {
        leave(member);
    }
}

static void accept_all(int listening) {
    int fd, yes = 1;
    while ((fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct member *member = calloc(1, sizeof *member);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = member};
        member->fd = fd;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event)) {
            die("epoll_ctl");
        }
    }
}

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (argc != 3 || listening < 0 || bind(listening, (struct sockaddr *) &address, size) || listen(listening, 4096)
            || getsockname(listening, (struct sockaddr *) &address, &size)) {
        die("listen");
    }
    welcome_length = from_hex(argv[1], welcome);
    joined_length = from_hex(argv[2], joined);
    poll_fd = epoll_create1(0);
    struct epoll_event events[MOST_EVENTS], event = {.events = EPOLLIN};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, listening, &event);
    static int input; /* its address stands for the standard input */
    struct epoll_event ends = {.events = EPOLLIN, .data.ptr = &input};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, STDIN_FILENO, &ends);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        int count = epoll_wait(poll_fd, events, MOST_EVENTS, -1);
        if (count < 0 && errno != EINTR) {
            die("epoll_wait");
        }
        for (int i = 0; i < count; i++) {
            if (events[i].data.ptr == &input) {
                return 0;
            } else if (events[i].data.ptr) {
                receive(events[i].data.ptr);
            } else {
                accept_all(listening);
            }
        }
        for (int i = 0; i < due_count; i++) {
            send_burst(due[i]);
            due[i]->due = 0;
        }
        due_count = 0;
    }
}
