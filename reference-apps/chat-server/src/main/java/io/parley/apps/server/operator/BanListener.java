package io.parley.apps.server.operator;

import io.parley.model.ServerBan;

/** Told what an operator does to the bans of the server. The thread of the operator calls it. */
public interface BanListener {

    /** A ban was imposed. */
    void onBan(ServerBan ban);

    /**
     * A ban was lifted.
     *
     * @param by the name of who lifted it
     */
    void onUnban(ServerBan ban, String by);
}
