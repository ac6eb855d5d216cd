package dev.tramway.onescript.internal.library.file;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.ScriptError;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** File names as scripts write them: with either slash on any system, relative to the directory of the script's engine. */
public final class FileNames {
    private static final int MAX_LINKS = 40;

    private FileNames() {}

    /** Returns the absolute path that a name means, without . and .. in it. */
    public static Path path(Context.Engine engine, String name) {
        try {
            return engine.directory().resolve(withSystemSlashes(name)).normalize();
        } catch (InvalidPathException wrong) {
            throw Errors.of("Недопустимое имя файла: " + name, "Invalid file name: " + name);
        }
    }

    /** Returns the path that a name means, if it may be read. */
    public static Path readable(Context context, String name) {
        return allowed(context, Permission.READ_FILES, name);
    }

    /** Returns the path that a name means, if it may be written. */
    public static Path writable(Context context, String name) {
        return allowed(context, Permission.WRITE_FILES, name);
    }

    private static Path allowed(Context context, Permission permission, String name) {
        Path path = path(context.engine(), name);
        require(context, permission, path);
        return path;
    }

    /** Fails unless a file may be used. What is asked for is where it really is, lest a symbolic link lead out of what is allowed. */
    public static void require(Context context, Permission permission, Path path) {
        context.require(permission, io(() -> real(path, MAX_LINKS)).toString());
    }

    /** Resolves links; the end of the path need not exist. */
    private static Path real(Path path, int links) throws IOException {
        if (links == 0) {
            throw new FileSystemException(path.toString(), null, "too many links");
        }
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            return path;
        }
        Path here = real(parent, links).resolve(name);
        return Files.isSymbolicLink(here)
                ? real(here.resolveSibling(Files.readSymbolicLink(here)).normalize(), links - 1)
                : here;
    }

    /** A backslash is a slash also where the system takes it for a letter: scripts come from Windows. */
    static String withSystemSlashes(String name) {
        return name.replace(File.separatorChar == '/' ? '\\' : '/', File.separatorChar);
    }

    /** Runs something that may fail as files do. */
    public static <T extends @Nullable Object> T io(Access<T> access) {
        try {
            return access.run();
        } catch (IOException failed) {
            throw error(failed);
        } catch (UncheckedIOException failed) {
            throw error(Objects.requireNonNull(failed.getCause()));
        }
    }

    /** Runs something without a result that may fail as files do. */
    public static void run(VoidAccess access) {
        io(() -> {
            access.run();
            return true;
        });
    }

    /** Says in the words of scripts what went wrong with a file. */
    public static ScriptError error(IOException failed) {
        if (failed instanceof ClosedChannelException) {
            return Errors.of("Поток закрыт", "The stream is closed");
        }
        if (!(failed instanceof FileSystemException known)) {
            String reason = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
            return Errors.of("Ошибка ввода/вывода: " + reason, "Input/output error: " + reason);
        }
        String name = "'" + known.getFile() + "'";
        String reason = known.getReason() == null ? known.getClass().getSimpleName() : known.getReason();
        return switch (known) {
            case NoSuchFileException missing -> Errors.of("Файл не найден: " + name, "File not found: " + name);
            case FileAlreadyExistsException there ->
                Errors.of("Файл уже существует: " + name, "File already exists: " + name);
            case AccessDeniedException denied -> Errors.of("Нет доступа к файлу: " + name, "Access denied: " + name);
            case DirectoryNotEmptyException full ->
                Errors.of("Каталог не пуст: " + name, "Directory not empty: " + name);
            case NotDirectoryException plain -> Errors.of("Это не каталог: " + name, "Not a directory: " + name);
            default ->
                Errors.of(
                        "Ошибка доступа к файлу " + name + ": " + reason, "Cannot access file " + name + ": " + reason);
        };
    }

    /** Something that reads or writes files. */
    @FunctionalInterface
    public interface Access<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /** Something that reads or writes files, without a result. */
    @FunctionalInterface
    public interface VoidAccess {
        void run() throws IOException;
    }
}
