package io.sealpost.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.sealpost.cli.config.Settings;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Brings the log into the form of the settings, at the start and whenever they change. */
public final class LogOutput {
    private final Logger root;
    private final Map<OutputStreamAppender<ILoggingEvent>, Encoder<ILoggingEvent>> text = new HashMap<>();
    private final JsonLines json = new JsonLines();

    private LogOutput(Logger root) {
        this.root = root;
        root.iteratorForAppenders().forEachRemaining(appender -> {
            if (appender instanceof OutputStreamAppender<ILoggingEvent> stream) {
                text.put(stream, stream.getEncoder());
            }
        });
        json.setContext(root.getLoggerContext());
        json.start();
    }

    /** The log of this process, as Logback's own file set it up. */
    public static LogOutput ofThisProcess() {
        return new LogOutput((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
    }

    /** From now on lines have this form and this level at least. */
    public void use(Settings.Log log) {
        text.forEach(
                (appender, encoder) -> appender.setEncoder(log.format() == Settings.Log.Format.JSON ? json : encoder));
        root.setLevel(Level.toLevel(log.level()));
    }
}
