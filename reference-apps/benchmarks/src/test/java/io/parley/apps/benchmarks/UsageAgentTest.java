package io.parley.apps.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.benchmarks.measure.Usage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UsageAgentTest {
    @Test
    void answersEachLineUntilTheConnectionEnds() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
            Thread answering = new Thread(() -> UsageAgent.answer(socket));
            answering.start();
            try (Socket agent = listening.accept();
                    BufferedReader answers =
                            new BufferedReader(new InputStreamReader(agent.getInputStream(), StandardCharsets.UTF_8))) {
                agent.getOutputStream().write("usage\ncollect\n".getBytes(StandardCharsets.UTF_8));
                Usage first = Usage.parse(answers.readLine());
                Usage second = Usage.parse(answers.readLine());
                assertThat(first.heapBytes()).isPositive();
                assertThat(first.windowBytes()).isZero();
                assertThat(second.cpuNanos()).isGreaterThanOrEqualTo(first.cpuNanos());
            }
            answering.join();
        }
    }
}
