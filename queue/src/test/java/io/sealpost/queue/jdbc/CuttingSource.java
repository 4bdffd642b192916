package io.sealpost.queue.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections that break at a statement that a test names: before the server has heard it, or before its answer is heard. */
final class CuttingSource implements DataSource {
    private static final Set<String> STEPS =
            Set.of("execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "executeBatch", "commit");

    private final String url;
    private int steps;
    private int cutAt;
    private When when = When.BEFORE;
    private Then then = Then.RECONNECT;
    private boolean down;
    private String lastStep = "";

    /** When the connection breaks. */
    enum When {
        BEFORE,
        AFTER
    }

    /** What becomes of the database after the cut. */
    enum Then {
        RECONNECT,
        STAY_AWAY
    }

    CuttingSource(String url) {
        this.url = url;
    }

    /** Counts anew, and breaks at the step of this number, from 1; 0 for never. */
    synchronized void cutAt(int step, When moment, Then afterwards) {
        steps = 0;
        cutAt = step;
        when = moment;
        then = afterwards;
        down = false;
    }

    /** Whether there was a cut since it was asked for. */
    synchronized boolean wasCut() {
        return cutAt > 0 && steps >= cutAt;
    }

    /** At which call. */
    synchronized String lastStep() {
        return lastStep;
    }

    @Override
    public Connection getConnection() throws SQLException {
        synchronized (this) {
            if (down) {
                throw new SQLNonTransientConnectionException("the database is away", "08000");
            }
        }
        Connection real = DriverManager.getConnection(url);
        real.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return wrapped(Connection.class, real, real);
    }

    private <T> T wrapped(Class<T> face, T target, Connection real) {
        return face.cast(Proxy.newProxyInstance(
                face.getClassLoader(),
                new Class<?>[] {face},
                (proxy, method, args) -> call(target, method, args, real)));
    }

    private Object call(Object target, Method method, Object[] args, Connection real) throws Throwable {
        boolean cut = STEPS.contains(method.getName()) && isCut(method.getName());
        if (cut && when == When.BEFORE) {
            throw broken(real);
        }
        Object result;
        try {
            result = method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (cut) {
            throw broken(real);
        }
        return result instanceof Statement statement ? wrappedStatement(method, statement, real) : result;
    }

    @SuppressWarnings("unchecked") // The statement is of the type that the method of Connection returns.
    private Object wrappedStatement(Method method, Statement statement, Connection real) {
        return wrapped((Class<Statement>) method.getReturnType(), statement, real);
    }

    private synchronized boolean isCut(String step) {
        steps++;
        boolean cut = steps == cutAt;
        if (cut) {
            lastStep = step;
            down = then == Then.STAY_AWAY;
        }
        return cut;
    }

    private static SQLException broken(Connection real) throws SQLException {
        real.abort(Runnable::run);
        return new SQLNonTransientConnectionException("cut by the test", "08000");
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("no java.util.logging here");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
