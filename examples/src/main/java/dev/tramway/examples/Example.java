package dev.tramway.examples;

import java.util.List;

/**
 * One of the programs.
 *
 * @param name how it is called on the command line
 * @param arguments what may follow the name, each with its default
 * @param description one line
 * @param program its main method
 */
record Example(String name, List<String> arguments, String description, Program program) {
    /** A main method. */
    @FunctionalInterface
    interface Program {
        void run(String[] args) throws Exception;
    }

    /** All of them, in the order in which they are best read. */
    static final List<Example> ALL = List.of(
            new Example("io-service", List.of(), "Tasks on an event loop: dispatch and post.", IoServiceExample::main),
            new Example("timer", List.of(), "A timer that expires, twice, and is cancelled.", TimerExample::main),
            new Example(
                    "tcp-chat-server",
                    List.of("PORT=1111", "ADDRESS=127.0.0.1"),
                    "What one client sends, all get.",
                    TcpChatServer::main),
            new Example(
                    "tcp-chat-client",
                    List.of("ADDRESS=127.0.0.1", "PORT=1111"),
                    "Talks to tcp-chat-server.",
                    TcpChatClient::main),
            new Example(
                    "tls-chat-server",
                    List.of("PORT=2222", "DIRECTORY=" + TlsChatServer.DIRECTORY, "ADDRESS=127.0.0.1"),
                    "The chat over TLS, with a certificate of its own making.",
                    TlsChatServer::main),
            new Example(
                    "tls-chat-client",
                    List.of("ADDRESS=127.0.0.1", "PORT=2222", "DIRECTORY=" + TlsChatServer.DIRECTORY),
                    "Talks to tls-chat-server and trusts its certificate.",
                    TlsChatClient::main),
            new Example(
                    "udp-echo-server",
                    List.of("PORT=3333", "ADDRESS=127.0.0.1"),
                    "Sends each datagram back.",
                    UdpEchoServer::main),
            new Example(
                    "udp-echo-client",
                    List.of("ADDRESS=127.0.0.1", "PORT=3333"),
                    "Talks to udp-echo-server.",
                    UdpEchoClient::main),
            new Example(
                    "udp-multicast-server",
                    List.of("GROUP=239.255.0.1", "PORT=3334", "INTERFACE=127.0.0.1", "HOPS=0"),
                    "Sends each line to all who have joined a group.",
                    UdpMulticastServer::main),
            new Example(
                    "udp-multicast-client",
                    List.of("ADDRESS=0.0.0.0", "GROUP=239.255.0.1", "PORT=3334", "INTERFACE=127.0.0.1"),
                    "Joins a group and listens.",
                    UdpMulticastClient::main),
            new Example(
                    "length-prefixed-echo",
                    List.of("PORT=5555"),
                    "Echo of messages with a length in front, and the four events of a session.",
                    LengthPrefixedEcho::main),
            new Example(
                    "protocol-switch",
                    List.of("PORT=5556"),
                    "Connections that change from lines to binary messages and back.",
                    ProtocolSwitch::main),
            new Example("custom-framing", List.of("PORT=5559"), "Echo with a framing of its own.", CustomFraming::main),
            new Example(
                    "relay",
                    List.of("PORT=5557", "TO_ADDRESS=127.0.0.1", "TO_PORT=1111"),
                    "Passes on to another server; a slow receiver slows its sender.",
                    Relay::main),
            new Example(
                    "reconnecting-client",
                    List.of("ADDRESS=127.0.0.1", "PORT=5556"),
                    "Stays with a server that comes and goes.",
                    ReconnectingClient::main),
            new Example(
                    "blocking-server",
                    List.of("PORT=5558"),
                    "A dialogue on a virtual thread for each connection.",
                    BlockingServer::main));
}
