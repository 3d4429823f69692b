package io.parley.apps.client;

/** Starts a chat client. */
public final class ChatClientApp {
    private ChatClientApp() {}

    /**
     * Runs the program.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.out.println("chat-client");
    }
}
