package io.sealpost.cli;

import java.lang.reflect.Proxy;

/**
 * Signals of the system, each handled on a thread of the JVM's. By reflection, since javac warns of {@code sun.misc.Signal} and cannot be
 * told not to; every JDK has it ({@code jdk.unsupported}).
 */
final class Signals {
    private Signals() {}

    /** Runs {@code work} whenever the process gets this signal ({@code HUP}, {@code TERM}), in place of what the JVM does. */
    static void on(String name, Runnable work) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        work.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java handles no SIG" + name, e);
        }
    }
}
