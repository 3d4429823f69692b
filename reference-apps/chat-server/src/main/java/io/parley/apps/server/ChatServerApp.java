package io.parley.apps.server;

/** Starts a chat server. */
public final class ChatServerApp {
    private ChatServerApp() {}

    /**
     * Runs the program.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.out.println("chat-server");
    }
}
