package io.parley.apps.client.command;

import static io.parley.apps.client.command.Results.await;

import io.parley.apps.client.follow.Ignored;
import io.parley.apps.client.input.Input;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.ViewQueue;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.SearchResult;
import io.parley.model.SearchQuery;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Searches for what was said, a page at a time. The input thread only; each search waits for its answer. */
final class Searches {
    private static final int PAGE = 20;
    private static final int MOST_REQUESTS = 50; // for a page: the server looks at some messages at a time

    private final ChatClient client;
    private final ViewQueue view;
    private final Ignored ignored;
    private @Nullable ChatRoom room; // where the next page is to be found; null if there is none
    private SearchQuery next = SearchQuery.of("", PAGE);

    Searches(ChatClient client, ViewQueue view, Ignored ignored) {
        this.client = client;
        this.view = view;
        this.ignored = ignored;
    }

    /**
     * Searches, or shows the next page.
     *
     * @param text what is searched for; blank for the next page
     * @throws IllegalArgumentException if the text makes no sense
     */
    void search(ChatRoom in, Place place, String text) {
        if (!text.isBlank()) {
            room = in;
            next = parse(in, text);
        } else if (!in.equals(room)) {
            throw new IllegalArgumentException("it is: " + Input.Verb.SEARCH.usage());
        }
        SearchResult page = await(in.search(next));
        for (int i = 1; i < MOST_REQUESTS && page.messages().isEmpty() && page.more(); i++) {
            page = await(in.search(next.below(page.next())));
        }
        next = next.below(page.next());
        boolean more = page.more();
        room = more ? in : null;
        List<Message> found = page.messages().stream()
                .filter(message -> place.direct() || !ignored.hides(message))
                .toList();
        view.show(to -> to.found(place, found, more));
    }

    private SearchQuery parse(ChatRoom in, String text) {
        StringBuilder words = new StringBuilder();
        SearchQuery query = SearchQuery.of("", PAGE);
        for (String word : text.strip().split("\\s+")) {
            int colon = word.indexOf(':');
            String value = word.substring(colon + 1);
            switch (word.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT)) {
                case "from" -> query = query.by(People.find(client, in, value).id());
                case "after" -> query = query.within(millis(value), query.untilMillis());
                case "before" -> query = query.within(query.sinceMillis(), millis(value));
                default -> words.append(words.isEmpty() ? "" : " ").append(word);
            }
        }
        if (words.length() > SearchQuery.MOST_CHARS) {
            throw new IllegalArgumentException("that is too much to search for");
        }
        return new SearchQuery(
                words.toString(), query.sender(), query.sinceMillis(), query.untilMillis(), query.before(), PAGE);
    }

    /** The beginning of a day here. */
    private static long millis(String date) {
        try {
            return Math.max(
                    1,
                    LocalDate.parse(date)
                            .atStartOfDay(ZoneId.systemDefault())
                            .toInstant()
                            .toEpochMilli());
        } catch (DateTimeException | ArithmeticException wrong) {
            throw new IllegalArgumentException("a date is like 2026-11-30, not " + date, wrong);
        }
    }
}
