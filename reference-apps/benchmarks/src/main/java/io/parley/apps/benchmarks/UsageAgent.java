package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.measure.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An agent that reports the use of resources of any program. It connects to the measuring process and answers each line
 * with a {@link Usage}. The program ends when that process ends.
 */
public final class UsageAgent {
    private UsageAgent() {}

    /**
     * Called by the Java launcher before the program's {@code main}.
     *
     * @param port the loopback port to connect to
     * @throws IOException if no process listens there
     */
    public static void premain(String port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
        Thread thread = new Thread(
                () -> {
                    answer(socket);
                    Runtime.getRuntime().halt(0);
                },
                "usage");
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers until the connection ends. */
    static void answer(Socket socket) {
        try (socket;
                BufferedReader questions =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                String answer = Usage.answer(line, 0);
                socket.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException over) {
            // the measuring process has ended
        }
    }
}
