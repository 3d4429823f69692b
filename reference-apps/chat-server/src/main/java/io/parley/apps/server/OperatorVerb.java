package io.parley.apps.server;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator can ask for. Immutable, for any thread. */
enum OperatorVerb {
    SAY("ROOM TEXT", "says something in a room", 2),
    BROADCAST("TEXT", "says something to everybody", 1),
    ROOMS("", "lists the rooms", 0),
    WHO("[ROOM]", "lists who is here, or in a room", 0),
    TOPIC("ROOM [TEXT]", "sets a room's topic, or removes it", 1),
    KICK("ROOM|* NAME [REASON]", "sends somebody out of a room, or off the server", 2),
    BAN("ROOM NAME [10m|2h|7d] [REASON]", "keeps somebody out of a room", 2),
    UNBAN("ROOM NAME", "lifts that", 2),
    MUTE("ROOM NAME [10m|2h|7d] [REASON]", "takes somebody's voice in a room", 2),
    UNMUTE("ROOM NAME", "gives it back", 2),
    ROLE("ROOM NAME member|moderator|owner", "gives a role", 3),
    STATS("", "figures since the start", 0),
    RELOAD("", "reads certificate, accounts, bounds and greeting again", 0),
    DRAIN("", "tells everybody to go, and ends the server", 0),
    STOP("", "the same as /drain", 0),
    HELP("[COMMAND]", "lists the commands, or says what one does", 0);

    private final String arguments;
    private final String does;
    private final int least;

    OperatorVerb(String arguments, String does, int least) {
        this.arguments = arguments;
        this.does = does;
        this.least = least;
    }

    static @Nullable OperatorVerb find(String word) {
        return Arrays.stream(values())
                .filter(verb -> verb.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
    }

    String word() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }

    String usage() {
        return (word() + " " + arguments).strip();
    }

    String does() {
        return does;
    }

    /** What may stand as an argument: what is meant in capitals, what is typed as it is. */
    List<String> choices(int argument) {
        String[] places = arguments.split(" ");
        return argument >= places.length || arguments.isEmpty()
                ? List.of()
                : List.of(places[argument].replaceAll("[\\[\\]]", "").split("\\|"));
    }

    /** Whether so many words can be its arguments; a text or a reason has as many as it likes. */
    boolean takes(int words) {
        String[] places = arguments.split(" ");
        String last = places[places.length - 1];
        boolean endless = last.contains("TEXT") || last.contains("REASON");
        return words >= least && (endless || words <= (arguments.isEmpty() ? 0 : places.length));
    }

    /** How many arguments it needs. */
    int least() {
        return least;
    }
}
