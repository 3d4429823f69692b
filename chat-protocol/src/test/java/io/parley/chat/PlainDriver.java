package io.parley.chat;

import io.parley.gateway.Gateway;
import io.parley.testkit.gateway.Ability;
import io.parley.testkit.gateway.GatewayDriver;
import io.parley.testkit.gateway.Heard;
import io.parley.testkit.gateway.NativeDriver;
import io.parley.testkit.gateway.Speaker;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The native protocol as the plainest one would be: a user can log in, join a room, speak and leave, and hears messages and
 * refusals without codes, and of its own messages those that were replaced. No acknowledgement, no number, no ping, no name of a room comes through.
 */
final class PlainDriver implements GatewayDriver {
    private final GatewayDriver full = new NativeDriver();

    @Override
    public Optional<Gateway> gateway() {
        return full.gateway();
    }

    @Override
    public Set<Ability> cannot() {
        return EnumSet.allOf(Ability.class);
    }

    @Override
    public Speaker speaker() {
        return new Plain(full.speaker());
    }

    private static final class Plain implements Speaker {
        private final Speaker full;
        private final Set<String> said = new HashSet<>();

        Plain(Speaker full) {
            this.full = full;
        }

        @Override
        public byte[] login(String name) {
            return full.login(name);
        }

        @Override
        public byte[] join(String room) {
            return full.join(room);
        }

        @Override
        public byte[] say(String text) {
            said.add(text);
            return full.say(text);
        }

        @Override
        public byte[] leave() {
            return full.leave();
        }

        @Override
        public byte[] goodbye() {
            return full.goodbye();
        }

        @Override
        public byte[] ask() {
            return full.ask();
        }

        @Override
        public byte[] garbage() {
            return full.garbage();
        }

        @Override
        public byte[] half() {
            return full.half();
        }

        @Override
        public byte[] oversized(int bytes) {
            return full.oversized(bytes);
        }

        @Override
        public void hear(ByteBuffer bytes, Hearing hearing) {
            full.hear(bytes, new Hearing() {
                @Override
                public void heard(Heard what) {
                    boolean known = what instanceof Heard.Own own && said.contains(own.text());
                    Heard plain = known ? null : plain(what);
                    if (plain != null) {
                        hearing.heard(plain);
                    }
                }

                @Override
                public void reply(byte[] bytes) {
                    hearing.reply(bytes);
                }

                @Override
                public void pinged(byte[] answer) {
                    // a plain protocol does not ask
                }
            });
        }

        private static @Nullable Heard plain(Heard what) {
            if (what instanceof Heard.Said said) {
                return new Heard.Said("", said.who(), said.text());
            }
            if (what instanceof Heard.Refused refused) {
                return new Heard.Refused(0, refused.text());
            }
            if (what instanceof Heard.Ended ended) {
                return new Heard.Ended(0, ended.text());
            }
            return what instanceof Heard.LoggedIn
                            || what instanceof Heard.Joined
                            || what instanceof Heard.Announced
                            || what instanceof Heard.Own
                    ? what
                    : null;
        }
    }
}
