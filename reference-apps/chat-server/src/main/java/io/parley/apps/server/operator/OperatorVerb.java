package io.parley.apps.server.operator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands of an operator. Immutable, for any thread. */
enum OperatorVerb {
    SAY("ROOM TEXT", "says something in a room", 2),
    BROADCAST("TEXT", "says something to everybody", 1),
    ROOMS("", "lists the rooms", 0),
    WHO("[ROOM]", "lists who is here, or in a room", 0),
    TOPIC("ROOM [TEXT]", "sets a room's topic, or removes it", 1),
    KICK("ROOM|* NAME [REASON]", "sends somebody out of a room, or off the server", 2),
    BAN(
            "ROOM|KIND WHOM [10m|2h|7d] [REASON]",
            "keeps somebody out of a room, or off the server; KIND is name, account, address or network",
            2),
    UNBAN("ROOM|NUMBER [NAME|NUMBER]", "lifts that; without a room, the server's ban of that number", 1),
    MUTE("ROOM NAME [10m|2h|7d] [REASON]", "takes somebody's voice in a room", 2),
    UNMUTE("ROOM NAME|NUMBER", "gives it back", 2),
    BANS("[ROOM]", "lists who is banned from the server, or banned or muted in a room, with numbers", 0),
    INVITE("ROOM NAME", "lets somebody into an invite-only room", 2),
    UNINVITE("ROOM NAME", "takes that back", 2),
    ROLE("ROOM NAME member|moderator|owner", "gives a role", 3),
    ACCOUNT(
            "add|password|operator|bot|token|revoke|delete|list|invite|import [NAME|FILE] [PASSWORD|on|off]",
            "makes and changes the accounts in the store; token makes a login token for a program, and revoke takes all of them back; invite gives a"
                    + " code for a registration, import copies a file of accounts",
            1),
    STATS("", "figures since the start", 0),
    RELOAD("", "reads certificate, accounts, bounds and greeting again", 0),
    DRAIN("", "tells everybody to go, and ends the server", 0),
    STOP("", "the same as /drain", 0),
    HELP("[COMMAND]", "lists the commands, or says what one does", 0);

    private final String arguments;
    private final String description;
    private final int minArguments;

    OperatorVerb(String arguments, String description, int minArguments) {
        this.arguments = arguments;
        this.description = description;
        this.minArguments = minArguments;
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

    String description() {
        return description;
    }

    /** The alternatives for an argument: placeholders in capitals, literal words in lower case. */
    List<String> choices(int argument) {
        String[] places = arguments.split(" ");
        return argument >= places.length || arguments.isEmpty()
                ? List.of()
                : List.of(places[argument].replaceAll("[\\[\\]]", "").split("\\|"));
    }

    /** Whether it takes this number of words; a text or a reason can have any number. */
    boolean takes(int words) {
        String[] places = arguments.split(" ");
        String last = places[places.length - 1];
        boolean endless = last.contains("TEXT") || last.contains("REASON");
        return words >= minArguments && (endless || words <= (arguments.isEmpty() ? 0 : places.length));
    }

    int minArguments() {
        return minArguments;
    }
}
