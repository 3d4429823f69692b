/** Accounts that are kept in a journal, and the login of a client by SCRAM. */
module io.parley.accounts {
    requires static org.jspecify;
    requires transitive io.parley.protocol;
    requires com.ongres.scram.client;
    requires com.ongres.scram.common;
    requires org.bouncycastle.provider;

    exports io.parley.accounts;
}
