package io.parley.gateway.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.testkit.gateway.Heard;
import io.parley.testkit.gateway.Speaker;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user of lines: what it types, and what it makes of the lines that it reads. One thread at a time. */
final class LineSpeaker implements Speaker {

    /** Each line that the server says, and what it means; the first that fits. */
    private static final Map<Pattern, Function<MatchResult, List<Heard>>> LINES = new LinkedHashMap<>();

    private static void line(String pattern, Function<MatchResult, List<Heard>> meaning) {
        LINES.put(Pattern.compile(pattern), meaning);
    }

    static {
        line("-- You are in (\\S+)\\. Here now: \\d+\\. There is no topic\\.", line -> List.of(joined(line)));
        line(
                "-- You are in (\\S+)\\. Here now: \\d+\\. Topic: (.*)",
                line -> List.of(joined(line), new Heard.Topic(line.group(2))));
        line("-- You are (\\S+)\\. .*", line -> List.of(new Heard.LoggedIn(line.group(1))));
        line("-- You left .*", line -> List.of(new Heard.Left()));
        line("-- You are out of (\\S+): (.*)", line -> List.of(new Heard.Ended(0, line.group(2))));
        line("-- Your connection was too slow: .*", line -> List.of(new Heard.Missed()));
        line("-- The server shuts down in \\d+ s: (.*)", line -> List.of(new Heard.GoingAway(line.group(1))));
        line("-- (\\S+) is now (\\S+)", line -> List.of(new Heard.Renamed(line.group(1), line.group(2))));
        line("-- \\S+ set the topic: (.*)", line -> List.of(new Heard.Topic(line.group(1))));
        line("-- (\\S+) left.*", line -> List.of(new Heard.Went(line.group(1))));
        line("-- (.*) joined", line -> {
            List<Heard> came = new ArrayList<>();
            for (String name : line.group(1).split(", ")) {
                came.add(new Heard.Came(name));
            }
            return came;
        });
        line("--.*", line -> List.of());
        line("! (.*)", line -> List.of(new Heard.Refused(0, line.group(1))));
        line("<(\\S+)> (.*)", line -> List.of(new Heard.Said("", line.group(1), line.group(2))));
        line("\\*(\\S+)\\* (.*)", line -> List.of(new Heard.Wrote(line.group(1), line.group(2))));
        line("-\\S+- (.*)", line -> List.of(new Heard.Announced(line.group(1))));
        line("\\[\\d\\d:\\d\\d] <(\\S+)> (.*)", line -> List.of(new Heard.SaidBefore(line.group(1), line.group(2))));
        line("\\[\\d\\d:\\d\\d] -- .*", line -> List.of());
    }

    private static Heard joined(MatchResult line) {
        return new Heard.Joined(line.group(1));
    }

    private final ByteArrayOutputStream half = new ByteArrayOutputStream();

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(UTF_8);
    }

    @Override
    public byte[] login(String name) {
        return line(name);
    }

    @Override
    public byte[] join(String room) {
        return line("/join " + room);
    }

    @Override
    public byte[] say(String text) {
        return line(text);
    }

    @Override
    public byte[] leave() {
        return line("/leave");
    }

    @Override
    public byte[] goodbye() {
        return line("/quit");
    }

    @Override
    public byte[] ask() {
        return line("/help");
    }

    @Override
    public byte[] garbage() {
        return line("GET / HTTP/1.1");
    }

    @Override
    public byte[] half() {
        return "half a li".getBytes(UTF_8);
    }

    @Override
    public byte[] oversized(int bytes) {
        return new byte[] {'x'};
    }

    @Override
    public byte[] direct(String name, String text) {
        return line("/msg " + name + " " + text);
    }

    @Override
    public byte[] rename(String name) {
        return line("/nick " + name);
    }

    @Override
    public byte[] login(String name, String password) {
        return line("/login " + name + " " + password);
    }

    @Override
    public byte[] register(String name, String password, String code) {
        return line(("/register " + name + " " + password + " " + code).strip());
    }

    @Override
    public byte[] password(String old, String next) {
        return line("/password " + old + " " + next);
    }

    @Override
    public byte[] topic(String topic) {
        return line("/topic " + topic);
    }

    @Override
    public void hear(ByteBuffer bytes, Hearing hearing) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            half.write(next);
            if (next == '\n') {
                String line = half.toString(UTF_8);
                half.reset();
                heard(line).forEach(hearing::heard);
            }
        }
    }

    private static List<Heard> heard(String line) {
        for (Map.Entry<Pattern, Function<MatchResult, List<Heard>>> known : LINES.entrySet()) {
            Matcher matcher = known.getKey().matcher(line.substring(0, line.length() - 2));
            if (line.endsWith("\r\n") && matcher.matches()) {
                return known.getValue().apply(matcher.toMatchResult());
            }
        }
        throw new IllegalStateException("a line that is not known: " + line);
    }
}
