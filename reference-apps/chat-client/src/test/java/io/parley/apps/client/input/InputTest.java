package io.parley.apps.client.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.input.Input.Verb;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputTest {
    @ParameterizedTest
    @CsvSource({
        "hello, SAY, '', hello",
        "'  hello  ', SAY, '', '  hello  '",
        "'', SAY, '', ''",
        "//usr/bin, SAY, '', /usr/bin",
        "///, SAY, '', //",
        "a /join b, SAY, '', a /join b",
        "/join games, JOIN, games, ''",
        "/JOIN games, JOIN, games, ''",
        "'/join   games  ', JOIN, games, ''",
        "/leave, LEAVE, '', ''",
        "/leave games, LEAVE, games, ''",
        "/switch games, SWITCH, games, ''",
        "/msg bob hi there, MSG, bob, hi there",
        "'/msg  bob   hi  there ', MSG, bob, hi  there",
        "/msg bob /join x, MSG, bob, /join x",
        "/who, WHO, '', ''",
        "/who games, WHO, games, ''",
        "/rooms, ROOMS, '', ''",
        "/topic, TOPIC, '', ''",
        "/topic what is new, TOPIC, '', what is new",
        "/history, HISTORY, '', ''",
        "/history 7, HISTORY, 7, ''",
        "/search, SEARCH, '', ''",
        "/search from:bob the  word, SEARCH, '', from:bob the  word",
        "/nick carol, NICK, carol, ''",
        "/me waves  at all, ME, '', waves  at all",
        "/query bob, QUERY, bob, ''",
        "/kick bob, KICK, bob, ''",
        "/kick bob too  loud, KICK, bob, too  loud",
        "/ban bob 10m noise, BAN, bob, 10m noise",
        "/unban 17, UNBAN, 17, ''",
        "/mute bob, MUTE, bob, ''",
        "/unmute bob, UNMUTE, bob, ''",
        "/bans, BANS, '', ''",
        "/bans games, BANS, games, ''",
        "/role bob owner, ROLE, bob, owner",
        "/invite bob, INVITE, bob, ''",
        "/query a b, INCOMPLETE, /query NAME, ''",
        "/kick, INCOMPLETE, /kick NAME [WHY], ''",
        "/ban, INCOMPLETE, /ban NAME [10m|2h|7d] [WHY], ''",
        "/unban a b, INCOMPLETE, /unban NAME|NUMBER, ''",
        "/role bob, INCOMPLETE, /role NAME owner|moderator|member, ''",
        "/invite, INCOMPLETE, /invite NAME, ''",
        "/ignore bob, IGNORE, bob, ''",
        "/ignore, INCOMPLETE, /ignore NAME, ''",
        "/unignore bob, UNIGNORE, bob, ''",
        "/ignored, IGNORED, '', ''",
        "/direct room-mates, DIRECT, room-mates, ''",
        "/direct, INCOMPLETE, /direct everybody|accounts|room-mates|nobody, ''",
        "/help, HELP, '', ''",
        "/quit, QUIT, '', ''",
        "/join, INCOMPLETE, /join ROOM, ''",
        "/msg, INCOMPLETE, /msg NICK TEXT, ''",
        "/msg bob, INCOMPLETE, /msg NICK TEXT, ''",
        "'/me  ', INCOMPLETE, /me TEXT, ''",
        "/nick, INCOMPLETE, /nick NAME, ''",
        "/nick a b, INCOMPLETE, /nick NAME, ''",
        "/join the room, INCOMPLETE, /join ROOM, ''",
        "/quit for today, QUIT, for, today",
        "/joint x, UNKNOWN, /joint, ''",
        "/, UNKNOWN, /, ''",
        "/say x, UNKNOWN, /say, ''",
        "/incomplete, UNKNOWN, /incomplete, ''"
    })
    void aLineIsReadAsItIsMeant(String line, Verb verb, String first, String rest) {
        assertThat(Input.parse(line)).isEqualTo(new Input(verb, first, rest));
    }
}
