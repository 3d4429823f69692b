package io.parley.policy;

import io.parley.codec.Bytes;
import io.parley.model.NamePolicy;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words that are not to be seen. */
final class WordPolicy implements ChatPolicy {
    private static final Decision NO_NAME = Decision.deny("that name is not allowed here");

    private final Pattern words;

    WordPolicy(Collection<String> words) {
        String any = words.stream()
                .map(word -> PlainText.of(word).text())
                .filter(word -> !word.isEmpty())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.words = Pattern.compile(
                any.isEmpty() ? "(?!)" : "(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private boolean has(String text) {
        return words.matcher(PlainText.of(text).text()).find();
    }

    private String clean(String text) {
        PlainText plain = PlainText.of(text);
        Matcher found = words.matcher(plain.text());
        StringBuilder clean = new StringBuilder();
        int done = 0;
        while (found.find()) {
            int from = plain.start(found.start());
            if (from >= done) { // else one character stands for both words
                clean.append(text, done, from);
            }
            clean.append(
                    "*".repeat(found.group().codePointCount(0, found.group().length())));
            done = plain.end(found.end() - 1);
        }
        return done == 0 ? text : clean.append(text, done, text.length()).toString();
    }

    private Tags clean(Tags tags) {
        Tags clean = Tags.NONE;
        for (String name : tags.names()) {
            Bytes value = tags.get(name);
            String text = value == null ? "" : text(value);
            if (value != null && !has(name)) {
                clean = clean.with(name, has(text) ? Bytes.of(clean(text).getBytes(StandardCharsets.UTF_8)) : value);
            }
        }
        return clean;
    }

    private static String text(Bytes value) {
        return StandardCharsets.UTF_8.decode(value.asReadOnlyBuffer()).toString();
    }

    @Override
    public Answer name(UserRef user, NamePolicy.Name name) {
        return has(name.display()) ? NO_NAME : Decision.ALLOW;
    }

    @Override
    public Answer create(UserRef user, NamePolicy.Name room) {
        return has(room.display()) ? NO_NAME : Decision.ALLOW;
    }

    @Override
    public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
        String cleanBody = clean(body);
        Tags cleanTags = tags.isEmpty() ? tags : clean(tags);
        return cleanBody.equals(body) && cleanTags.equals(tags)
                ? Decision.ALLOW
                : Decision.replace(cleanBody, cleanTags);
    }

    @Override
    public Answer topic(UserRef user, RoomRef room, String topic) {
        return has(topic) ? Decision.replace(clean(topic), Tags.NONE) : Decision.ALLOW;
    }
}
