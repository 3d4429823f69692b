package io.parley.apps.server;

import io.parley.apps.server.log.EventLog;
import io.parley.apps.server.operator.BanListener;
import io.parley.model.ServerBan;

/**
 * Logs what an operator does to the bans of the server. Any thread may call it.
 *
 * @param events the log
 */
record BanLog(EventLog events) implements BanListener {
    @Override
    public void onBan(ServerBan ban) {
        events.ban(ban);
    }

    @Override
    public void onUnban(ServerBan ban, String by) {
        events.unban(ban, by);
    }
}
