package io.parley.apps.server.storage;

import io.parley.apps.server.files.FileErrors;
import io.parley.apps.server.options.WrongOption;
import io.parley.apps.server.terminal.Printer;
import io.parley.journal.DamagedException;
import io.parley.journal.jdbc.CheckReport;
import io.parley.journal.jdbc.JournalOpenException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Carries out a command, and tells its failures in words. No state, for any thread. */
final class Attempt {
    static final String EXIT_CODES = "Exit codes: 0 done, 1 not done or damaged, 2 wrong options.";

    private static final int FAILED = 1;

    private Attempt() {}

    /** What a command does. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it.
         *
         * @return whether all is good
         */
        boolean run() throws IOException, SQLException;
    }

    /**
     * Carries it out.
     *
     * @return the exit code
     */
    static int run(@Nullable CommandSpec spec, PrintStream err, Work work) {
        try {
            return work.run() ? 0 : FAILED;
        } catch (WrongOption wrong) {
            if (spec == null) {
                throw wrong;
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        } catch (FileAlreadyExistsException there) {
            tell(err, there.getFile() + " is there already: remove it, or choose another name");
        } catch (IOException failed) {
            tell(err, FileErrors.describe(failed));
        } catch (SQLException failed) {
            tell(err, "the database cannot be read or written: " + failed.getMessage());
        } catch (JournalOpenException | DamagedException | UnsupportedOperationException failed) {
            tell(err, String.valueOf(failed.getMessage()));
        }
        return FAILED;
    }

    /** Tells what was found, and what is wrong with it; returns whether nothing is. */
    static boolean report(CheckReport report, String what, PrintStream out, PrintStream err) {
        report.problems().forEach(problem -> tell(err, problem));
        if (report.problems().size() == CheckReport.MOST_PROBLEMS) {
            tell(err, "there may be more");
        }
        String counts = "rooms " + report.rooms() + ", entries " + report.entries() + ", values " + report.values();
        if (report.isGood()) {
            new Printer(out).line(what + ": " + counts);
        } else {
            tell(err, "DAMAGED: " + what + ": " + counts);
        }
        return report.isGood();
    }

    private static void tell(PrintStream err, String words) {
        new Printer(err).line(words);
    }
}
