package io.parley.policy;

import io.parley.codec.Bytes;
import io.parley.model.NamePolicy;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words that are not to be seen. */
final class WordPolicy implements ChatPolicy {
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\u034F\\u180B-\\u180F\\uFE00-\\uFE0F]");
    private static final Decision NO_NAME = Decision.deny("that name is not allowed here");

    private final Pattern words;

    WordPolicy(Collection<String> words) {
        String any = words.stream()
                .map(WordPolicy::plain)
                .filter(word -> !word.isEmpty())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.words = Pattern.compile(
                any.isEmpty() ? "(?!)" : "(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** A text as it is compared: in compatibility form, without what shows nothing. */
    private static String plain(String text) {
        return INVISIBLE
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("");
    }

    private boolean has(String text) {
        return words.matcher(plain(text)).find();
    }

    private String clean(String text) {
        Matcher found = words.matcher(plain(text));
        return found.find() ? found.replaceAll(word -> "*".repeat(word.group().length())) : text;
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
