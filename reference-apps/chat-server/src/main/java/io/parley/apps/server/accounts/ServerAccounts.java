package io.parley.apps.server.accounts;

import io.parley.accounts.Account;
import io.parley.accounts.StoredAccounts;
import io.parley.apps.server.names.LookAlikeNames;
import io.parley.apps.server.options.ServerSettings.Access;
import io.parley.journal.Journal;
import io.parley.policy.ChatPolicy;
import io.parley.server.ChatServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The accounts of a server: those in its store, or those of a file. Any thread may call it. */
public final class ServerAccounts implements Closeable {
    private static final int OPEN_SECONDS = 60;

    private final @Nullable StoredAccounts stored; // or else
    private final @Nullable LoginPolicy fromFile;
    private final @Nullable Path file;

    private ServerAccounts(@Nullable StoredAccounts stored, @Nullable LoginPolicy fromFile, @Nullable Path file) {
        this.stored = stored;
        this.fromFile = fromFile;
        this.file = file;
    }

    /**
     * Reads the accounts of a file.
     *
     * @throws IOException with a message for the operator
     */
    public static ServerAccounts ofFile(Path file, boolean guests) throws IOException {
        return new ServerAccounts(null, new LoginPolicy(Accounts.read(file), guests, System::nanoTime), file);
    }

    /**
     * Reads the accounts of the store. Waits for that.
     *
     * @param access who may log in, and how
     * @param operator the name that no account can have
     * @throws IOException with a message for the operator
     */
    public static ServerAccounts inStore(Journal journal, Access access, String operator) throws IOException {
        try {
            return new ServerAccounts(
                    StoredAccounts.builder()
                            .names(LookAlikeNames.INSTANCE)
                            .registration(access.registration())
                            .guests(access.guests())
                            .scram(access.scram())
                            .certificates(shown -> access.certificates() ? CommonName.of(shown) : Optional.empty())
                            .reserve(operator)
                            .open(journal)
                            .get(OPEN_SECONDS, TimeUnit.SECONDS),
                    null,
                    null);
        } catch (ExecutionException broken) {
            throw new IOException("the accounts in the store cannot be read: " + broken.getCause(), broken);
        } catch (TimeoutException late) {
            throw new IOException("the accounts in the store could not be read within a minute", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("the start was interrupted", interrupted);
        }
    }

    /** Who decides about logins. */
    public ChatPolicy policy() {
        return stored != null ? stored : fromFile != null ? fromFile : ChatPolicy.OPEN;
    }

    /** Has a server end the sessions of accounts that change, and the memberships of those that are deleted. */
    public void serve(ChatServer server) {
        if (stored != null) {
            stored.endSessions(server::endAccount);
            stored.endMemberships(server::deleteAccount);
        }
    }

    /** Accounts of the store that nobody can log in to; the operator is to know. */
    public List<String> hidden() {
        return stored == null
                ? List.of()
                : stored.hidden().stream().map(Account::name).toList();
    }

    /**
     * Reads the file again.
     *
     * @return its accounts, to be {@linkplain #use used}; null if the accounts are in the store
     */
    public @Nullable Accounts read() throws IOException {
        return file == null ? null : Accounts.read(file);
    }

    public void use(Accounts fresh) {
        if (fromFile != null) {
            fromFile.accounts(fresh);
        }
    }

    /**
     * Carries out a command of the operator for the accounts in the store, and waits until it is done.
     *
     * @param arguments what follows the command's name
     * @param answers receives each line of the answer
     * @throws IllegalArgumentException if the accounts are those of a file
     * @throws io.parley.model.RoomException if it is refused
     */
    public void command(String arguments, Consumer<String> answers) {
        if (stored == null) {
            throw new IllegalArgumentException("the accounts are those of the file " + file
                    + " (--accounts): change it with chat-server account, then /reload");
        }
        new StoreCommands(stored).run(arguments, answers);
    }

    @Override
    public void close() {
        if (stored != null) {
            stored.close();
        }
        if (fromFile != null) {
            fromFile.close();
        }
    }
}
