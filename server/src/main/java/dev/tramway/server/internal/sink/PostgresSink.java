package dev.tramway.server.internal.sink;

import dev.tramway.server.internal.reading.DeviceReading;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Inserts readings into a table of PostgreSQL, each id once. A value is in {@code number}, {@code flag} or {@code text}, and the other two are
 * null; a number that is none (NaN, infinity) is a text.
 */
final class PostgresSink implements Sink {
    private static final Pattern TABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");
    private static final String COLUMNS =
            "id, listener, device, source, name, number, flag, text, unit, device_time," + " server_time, quality";

    /** Classes of SQL states that say that the data is wrong, and not the connection, the rights or the server. */
    private static final Pattern NEVER = Pattern.compile("2[23].*");

    private final String name;
    private final String url;
    private final Properties properties = new Properties();
    private final String table;
    private final boolean create;
    private volatile @Nullable Connection connection;

    /** Options: {@code url}, {@code user}, {@code password}, {@code table}, {@code create}. */
    PostgresSink(String name, SinkOptions options) {
        this.name = name;
        this.url = options.text("url");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw SinkOptions.wrong("url", url, "an address such as jdbc:postgresql://host/database");
        }
        this.table = options.text("table", "readings");
        if (!TABLE.matcher(table).matches()) {
            throw SinkOptions.wrong(
                    "table", table, "a name of letters, digits and _, with its schema and a dot before it or not");
        }
        this.create = options.flag("create", true);
        options.optionalText("user").ifPresent(user -> properties.setProperty("user", user));
        options.optionalText("password").ifPresent(password -> properties.setProperty("password", password));
        // A server that has gone without a word is noticed; the address may say otherwise.
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("ApplicationName", "tramway");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void deliver(List<DeviceReading> readings) throws IOException {
        try {
            insert(connected(), readings);
        } catch (SQLException e) {
            close();
            SQLException cause = e.getNextException() == null ? e : e.getNextException();
            if (NEVER.matcher(String.valueOf(cause.getSQLState())).matches()) {
                throw new RefusedException(String.valueOf(cause.getMessage()));
            }
            throw new IOException(cause.getMessage(), cause);
        }
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = DriverManager.getConnection(url, properties);
            connection = open;
            if (create) {
                createTable(open);
            }
            open.setAutoCommit(false);
        }
        return open;
    }

    private void createTable(Connection open) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute("create table if not exists " + table
                    + " (id text primary key, listener text not null, device text not null, source text not null,"
                    + " name text not null, number numeric, flag boolean, text text, unit text not null,"
                    + " device_time timestamptz not null, server_time timestamptz not null, quality text not null)");
        }
    }

    private void insert(Connection open, List<DeviceReading> readings) throws SQLException {
        try (PreparedStatement insert = open.prepareStatement("insert into " + table + " (" + COLUMNS
                + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing")) {
            for (DeviceReading reading : readings) {
                fill(insert, reading);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        open.commit();
    }

    private static void fill(PreparedStatement insert, DeviceReading reading) throws SQLException {
        Object value = reading.value();
        BigDecimal number = number(value);
        Boolean flag = value instanceof Boolean truth ? truth : null;
        String text = number == null && flag == null ? storable(value.toString()) : null;
        insert.setString(1, storable(reading.id()));
        insert.setString(2, storable(reading.listener()));
        insert.setString(3, storable(reading.device()));
        insert.setString(4, storable(reading.source()));
        insert.setString(5, storable(reading.name()));
        insert.setObject(6, number, Types.NUMERIC);
        insert.setObject(7, flag, Types.BOOLEAN);
        insert.setObject(8, text, Types.VARCHAR);
        insert.setString(9, storable(reading.unit()));
        insert.setObject(10, OffsetDateTime.ofInstant(reading.deviceTime(), ZoneOffset.UTC));
        insert.setObject(11, OffsetDateTime.ofInstant(reading.serverTime(), ZoneOffset.UTC));
        insert.setString(12, storable(reading.quality()));
    }

    private static @Nullable BigDecimal number(Object value) {
        return switch (value) {
            case Long number -> BigDecimal.valueOf(number);
            case Double number when Double.isFinite(number) -> BigDecimal.valueOf(number);
            default -> null;
        };
    }

    /** PostgreSQL has no NUL in texts, and devices send such. */
    private static String storable(String text) {
        return text.replace('\0', '\ufffd');
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                // It is gone in any case.
            }
        }
    }
}
