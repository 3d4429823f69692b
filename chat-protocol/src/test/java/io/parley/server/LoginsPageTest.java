package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.model.ErrorCode;
import io.parley.model.UserKind;
import io.parley.policy.ChatPolicy;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/logins.md compiles, and does what the page says. */
class LoginsPageTest {
    @TempDir
    private Path folder;

    private Script script;
    private boolean there = true; // whether the table has the user

    /** A table with one user, Anna, whose password is "secret". */
    @BeforeEach
    void serve() throws Exception {
        Class<?> type = new PageExamples(Path.of("..", "docs", "logins.md"), folder).compiled("UsersPolicy");
        Class<?> users = inside(type, "Users");
        Constructor<?> user = inside(type, "User").getConstructor(String.class, String.class);
        Object table = Proxy.newProxyInstance(
                users.getClassLoader(),
                new Class<?>[] {users},
                (self, method, given) -> method.getName().equals("find")
                        ? there && given[0].equals("anna")
                                ? Optional.of(user.newInstance("number 7", "Anna"))
                                : Optional.empty()
                        : (Object) given[1].equals("secret"));
        ChatPolicy policy = (ChatPolicy) type.getConstructor(users).newInstance(table);
        script = new Script(builder -> builder.policy(policy));
    }

    private static Class<?> inside(Class<?> example, String name) {
        return Arrays.stream(example.getDeclaredClasses())
                .filter(one -> one.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private CompletableFuture<ChatClient> login(UnaryOperator<ChatClient.Builder> options) {
        CompletableFuture<ChatClient> coming = options.apply(
                        ChatClient.builder().name("anna").reconnect(false).scheduler(script.network.scheduler()))
                .connectAsync(script.network.transport(), Script.ADDRESS);
        script.network.run();
        assertThat(coming).isDone();
        return coming;
    }

    private int refusal(UnaryOperator<ChatClient.Builder> options) {
        try {
            login(options).join();
            return 0;
        } catch (CompletionException no) {
            return ((ChatException) no.getCause()).code();
        }
    }

    @Test
    void usersOfATableOfOnesOwn() {
        assertThat(refusal(builder -> builder)).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(refusal(builder -> builder.password("other"))).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(refusal(builder -> builder.name("eve").password("secret"))).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(refusal(builder -> builder.register("secret", ""))).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(refusal(builder -> builder.token("secret"))).isEqualTo(ErrorCode.AUTH_FAILED);
        ChatClient anna = login(builder -> builder.password("secret")).join();
        assertThat(anna.user().kind()).isEqualTo(UserKind.ACCOUNT);
        assertThat(anna.user().name()).isEqualTo("Anna");
        ChatClient second = login(builder -> builder.password("secret")).join();
        assertThat(second.user().id()).isEqualTo(anna.user().id());
        there = false;
        assertThat(refusal(builder -> builder.password("secret"))).isEqualTo(ErrorCode.AUTH_FAILED);
    }
}
