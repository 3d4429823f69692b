package io.parley.transport.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.Reflection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is found by reflection is listed for native images. */
class NativeImageTest {
    private static final String METADATA =
            "/META-INF/native-image/io.parley/chat-transport-blocking/reachability-metadata.json";
    private static final Pattern TYPE = Pattern.compile("\"type\": \"([^\"]+)\"");
    private static final Pattern METHOD =
            Pattern.compile("\"name\": \"([^\"]+)\", \"parameterTypes\": \\[(?:\"([^\"]+)\")?]");

    private static String metadata() throws IOException {
        try (InputStream in = Objects.requireNonNull(NativeImageTest.class.getResourceAsStream(METADATA), METADATA)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void onlyThreadsAreMadeByReflection() {
        assertThat(Reflection.users("io.parley.transport.blocking")).containsExactly(TransportThreads.class.getName());
    }

    @Test
    void whatIsFoundIsListed() throws IOException {
        List<String> types = new ArrayList<>();
        for (Matcher type = TYPE.matcher(metadata()); type.find(); ) {
            types.add(type.group(1));
        }
        assertThat(types)
                .containsExactly("java.lang.Thread", "java.lang.Thread$Builder", "java.lang.Thread$Builder$OfVirtual");
        List<String> methods = new ArrayList<>();
        for (Matcher method = METHOD.matcher(metadata()); method.find(); ) {
            methods.add(method.group(1) + " " + method.group(2));
        }
        assertThat(methods).containsExactly("ofVirtual null", "unstarted java.lang.Runnable");
    }

    @Test
    void whatIsListedExistsWhereThreadsAreVirtual() throws Exception {
        if (Runtime.version().feature() < 21) {
            assertThat(Thread.class.getMethods())
                    .noneMatch(method -> method.getName().equals("ofVirtual"));
            return;
        }
        assertThat(Thread.class.getMethod("ofVirtual").getReturnType())
                .isEqualTo(Class.forName("java.lang.Thread$Builder$OfVirtual"));
        assertThat(Class.forName("java.lang.Thread$Builder")
                        .getMethod("unstarted", Runnable.class)
                        .getReturnType())
                .isEqualTo(Thread.class);
    }
}
