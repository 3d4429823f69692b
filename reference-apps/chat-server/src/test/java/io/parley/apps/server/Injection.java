package io.parley.apps.server;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Field;
import com.sun.jdi.Location;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.MethodEntryRequest;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Throws an OutOfMemoryError in another process, on a thread and at a place of one's choice, by the debugger's interface. */
final class Injection implements AutoCloseable {
    private final VirtualMachine machine;

    private Injection(VirtualMachine machine) {
        this.machine = machine;
    }

    /** To a process on this machine that was started with the agent {@code jdwp} at a port. */
    static Injection into(int port) throws Exception {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(one -> one.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("localhost");
        arguments.get("port").setValue(String.valueOf(port));
        return new Injection(connector.attach(arguments));
    }

    /**
     * Waits until such a thread calls Parley's methods, lets some calls go on, and throws the error in the next one.
     *
     * @param thread how the thread's name begins
     * @param skipped how many calls go on
     * @return where the error was thrown; null if no such thread called enough of them in a minute
     */
    String throwIn(String thread, int skipped) throws Exception {
        ObjectReference error = noMemory();
        MethodEntryRequest request = machine.eventRequestManager().createMethodEntryRequest();
        request.addClassFilter("io.parley.*");
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.enable();
        int left = skipped;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (System.nanoTime() < end) {
            EventSet events = machine.eventQueue().remove(1_000);
            if (events == null) {
                continue;
            }
            String where = null;
            for (Event event : events) {
                if (event instanceof MethodEntryEvent entry
                        && entry.thread().name().startsWith(thread)
                        && left-- <= 0) {
                    where = stack(entry.thread());
                    request.disable();
                    entry.thread().stop(error);
                    break;
                }
            }
            events.resume();
            if (where != null) {
                return where;
            }
        }
        request.disable();
        return null;
    }

    /** The JVM has such errors ready, for when there is no memory to make one. */
    private ObjectReference noMemory() {
        ReferenceType type = machine.classesByName("java.lang.OutOfMemoryError").get(0);
        Field words = machine.classesByName("java.lang.Throwable").get(0).fieldByName("detailMessage");
        return type.instances(0).stream()
                .filter(one -> one.getValue(words) instanceof StringReference text
                        && text.value().equals("Java heap space"))
                .findFirst()
                .orElseThrow();
    }

    private static String stack(ThreadReference thread) throws Exception {
        int frames = Math.min(4, thread.frameCount());
        return thread.name() + ": "
                + IntStream.range(0, frames).mapToObj(i -> frame(thread, i)).collect(Collectors.joining(" < "));
    }

    private static String frame(ThreadReference thread, int number) {
        try {
            Location location = thread.frame(number).location();
            return location.declaringType().name().replaceFirst("^io\\.parley\\.", "") + "."
                    + location.method().name() + ":" + location.lineNumber();
        } catch (Exception gone) {
            return "?";
        }
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException ended) {
            // as it should be
        }
    }
}
