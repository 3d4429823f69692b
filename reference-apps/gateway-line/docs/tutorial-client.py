#!/usr/bin/env python3
"""A chat client as tutorials write it. It knows no protocol: tutorial-client.py HOST PORT"""
import select
import socket
import sys

server = socket.create_connection((sys.argv[1], int(sys.argv[2])))
while True:
    readable, _, _ = select.select([server, sys.stdin], [], [])
    if server in readable:
        received = server.recv(4096)
        if not received:
            print("The server has closed the connection.")
            break
        sys.stdout.buffer.write(received)
        sys.stdout.flush()
    if sys.stdin in readable:
        line = sys.stdin.readline()
        if not line:
            break
        server.sendall(line.encode())
server.close()
