package io.sealpost.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.database.Database;
import io.sealpost.mail.DataSize;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BufferPoolTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"512M, 256M", "2G, 256M", "4G, 512M", "24G, 3G", "512G, 4G", "0, 256M"})
    void isAnEighthOfTheMemoryWithinBounds(String memory, String pool) {
        assertThat(BufferPool.forMemory(DataSize.parse(memory))).hasToString(pool);
    }

    @Test
    void aServerIsStartedWithTheOneItIsGiven() {
        DataSize pool = DataSize.parse("320M");
        EmbeddedSettings settings =
                EmbeddedSettings.in(folder.resolve("db"), line -> {}).with(pool);
        try (EmbeddedMariaDb server = EmbeddedMariaDb.join(settings);
                Database database = Database.open(server.settings())) {
            long found = database.transactions()
                    .read(handle -> handle.select("SELECT @@innodb_buffer_pool_size")
                            .mapTo(Long.class)
                            .one());

            assertThat(found).isEqualTo(pool.bytes());
        }
    }
}
