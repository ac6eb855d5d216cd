package dev.tramway.server.internal.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real database server on a port of its own, which can be killed and come back. */
public final class Postgres implements AutoCloseable {
    private final Path directory;
    private final int port;
    private Process server;

    private Postgres() throws IOException, InterruptedException {
        // Not below JUnit's directory: if root runs the tests, the server is another user, who would not get in there.
        this.directory = Files.createTempDirectory("tramway-postgres");
        this.port = Ports.free();
        if (root()) {
            run(List.of("chown", "postgres", directory.toString()));
        }
        run(asUser(
                Installed.postgres("initdb"), "-D", data(), "-U", "tramway", "-A", "trust", "-E", "UTF8", "--no-sync"));
        this.server = start();
    }

    /** Makes a new one and starts it. */
    public static Postgres create() throws IOException, InterruptedException {
        return new Postgres();
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    /** PostgreSQL does not run as root. */
    private static List<String> asUser(Path program, String... arguments) {
        var command = new ArrayList<String>();
        if (root()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
    }

    private Process start() throws IOException {
        Process process = new ProcessBuilder(asUser(
                        Installed.postgres("postgres"),
                        "-D",
                        data(),
                        "-p",
                        Integer.toString(port),
                        "-h",
                        "127.0.0.1",
                        "-k",
                        "",
                        "-F"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Ports.await(process, () -> DriverManager.getConnection(url()).close());
        return process;
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=tramway";
    }

    /** Kills it and all that it has started, without a word to anybody. */
    public void kill() {
        Stream.concat(server.descendants(), Stream.of(server.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
        server.onExit().join();
    }

    /** Lets it come back. */
    public void startAgain() throws IOException {
        server = start();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows of a query, columns as texts with {@code |} between them; an empty list if it fails. */
    public List<String> query(String sql) {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (result.next()) {
                var columns = new ArrayList<String>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        } catch (SQLException e) {
            return List.of();
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
