package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.sequencer.SessionRecord;
import java.util.HexFormat;
import java.util.Optional;

/** How users get other names. Any thread. */
final class Renames {
    private static final int TRIES = 8; // to find a name for a guest

    private final HubContext context;
    private final Rooms rooms;
    private final Bans bans;

    Renames(HubContext context, Rooms rooms, Bans bans) {
        this.context = context;
        this.rooms = rooms;
        this.bans = bans;
    }

    /** Gives a user another name, and tells the rooms; gives the name as it is now. */
    String rename(User user, NamePolicy.Name next) {
        String former = user.name();
        context.checkNotBanned(0, next.key(), Optional.empty());
        rooms.find(user.rooms()).forEach(room -> room.checkMayRename(user));
        named(user, former, next);
        bans.putOut(user); // if the name was banned meanwhile: whoever bans looks only at the names of that moment
        return next.display();
    }

    /** Takes the name of an account from a guest who has it, and gives the guest another. */
    void makeWay(NamePolicy.Name name, long account) {
        User holder = context.users().find(name);
        if (holder == null || !holder.isGuest() || holder.id() == account) {
            return;
        }
        long number = holder.id();
        for (int tries = 0; tries < TRIES && holder.isHere(); tries++) {
            try {
                named(
                        holder,
                        holder.name(),
                        context.names().user("guest-" + HexFormat.of().toHexDigits((int) number)));
                for (Participant participant : holder.participants()) {
                    Faults.safely(() -> participant.subscriber().renamed(holder.item()));
                }
                return;
            } catch (RoomException taken) { // by somebody who knows the guest's id: then one that nobody can know
                number = context.ids().next();
            }
        }
    }

    private void named(User user, String former, NamePolicy.Name next) {
        context.users().rename(user, next);
        if (!former.equals(next.display())) {
            rooms.find(user.rooms()).forEach(room -> room.renamed(user, former));
            for (Participant participant : user.participants()) {
                SessionRecord session = participant.outliving();
                if (session != null) {
                    session.changed(); // or a later process would give the former name back
                }
            }
            context.listener().onRename(user, former, next.display());
        }
    }
}
