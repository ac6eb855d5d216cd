package dev.tramway.onescript.internal.library.file;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.value.Errors;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Files, and what is done to them as a whole. */
public final class FilesLibrary {
    private static final boolean WINDOWS = File.separatorChar == '\\';

    private FilesLibrary() {}

    /** Declares them. */
    public static void declare(Library.Builder library) {
        library.type(BslFile.TYPE)
                .requires(Permission.WRITE_FILES)
                .procedure("КопироватьФайл", "CopyFile", Params.of(2), FilesLibrary::copy)
                .procedure("ПереместитьФайл", "MoveFile", Params.of(2), FilesLibrary::move)
                .procedure("УдалитьФайлы", "DeleteFiles", Params.of(1, 2), FilesLibrary::delete)
                .procedure("СоздатьКаталог", "CreateDirectory", Params.of(1), FilesLibrary::createDirectory)
                .requires(Permission.READ_FILES)
                .function("НайтиФайлы", "FindFiles", Params.of(1, 3), FilesLibrary::find)
                .procedure(
                        "УстановитьТекущийКаталог", "SetCurrentDirectory", Params.of(1), FilesLibrary::changeDirectory)
                .requires(Permission.SYSTEM)
                .function("ТекущийКаталог", "CurrentDirectory", Params.NONE, FilesLibrary::directory)
                .function("КаталогВременныхФайлов", "TempFilesDir", Params.NONE, call -> temporaryDirectory())
                .function("ПолучитьИмяВременногоФайла", "GetTempFileName", Params.of(0, 1), FilesLibrary::temporaryName)
                .requires(Permission.PURE)
                .function("ПолучитьРазделительПути", "GetPathSeparator", Params.NONE, call -> File.separator)
                .function("ПолучитьМаскуВсеФайлы", "GetAllFilesMask", Params.NONE, call -> WINDOWS ? "*.*" : "*")
                .function("ОбъединитьПути", "CombinePath", Params.of(2, 4), FilesLibrary::combine);
    }

    /** Overwrites. */
    private static void copy(Call call) {
        Path source = FileNames.readable(call.context(), call.text(0));
        Path target = FileNames.writable(call.context(), call.text(1));
        FileNames.io(() -> {
            if (Files.isDirectory(source)) {
                throw new IOException("'" + source + "' - каталог");
            }
            return Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /** Does not overwrite. */
    private static void move(Call call) {
        Path source = FileNames.writable(call.context(), call.text(0));
        Path target = FileNames.writable(call.context(), call.text(1));
        FileNames.io(() -> Files.move(source, target));
    }

    /** A file, or a directory with all in it; with a mask, what fits it in a directory. What is not there is no error. */
    private static void delete(Call call) {
        Context context = call.context();
        String name = call.text(0);
        Path path = FileNames.writable(context, name);
        String mask = call.text(1);
        FileNames.run(() -> {
            if (mask.isEmpty()) {
                delete(context, path);
                return;
            }
            for (Path found : matching(context, path, new Mask(mask), false)) {
                delete(context, found);
            }
        });
    }

    private static void delete(Context context, Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.deleteIfExists(path);
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                context.work(1);
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** With all directories above it. */
    private static void createDirectory(Call call) {
        Path path = FileNames.writable(call.context(), call.text(0));
        FileNames.io(() -> Files.createDirectories(path));
    }

    /** Files and directories, ordered by name. Those found below a relative directory have relative names. */
    private static Object find(Call call) {
        String name = call.text(0);
        Path start = FileNames.readable(call.context(), name);
        String mask = call.text(1, "*");
        boolean recursive = call.given(1) && call.flag(2, false);
        BslArray files = new BslArray();
        List<Path> found = FileNames.io(() -> matching(call.context(), start, new Mask(mask), recursive));
        for (Path path : found) {
            files.add(new BslFile(call, joined(name, start.relativize(path).toString())));
        }
        return files;
    }

    private static List<Path> matching(Context context, Path start, Mask mask, boolean recursive) throws IOException {
        if (Files.isRegularFile(start)) {
            throw new NotDirectoryException(start.toString());
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> directory = Files.newDirectoryStream(start)) {
            directory.forEach(entries::add);
        }
        Collections.sort(entries);
        context.work(entries.size());
        context.grow(256L * entries.size());
        List<Path> matching = new ArrayList<>();
        for (Path entry : entries) {
            if (mask.matches(String.valueOf(entry.getFileName()))) {
                matching.add(entry);
            }
            if (recursive && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                matching.addAll(matching(context, entry, mask, true));
            }
        }
        return matching;
    }

    private static Object directory(Call call) {
        call.context().require(Permission.SYSTEM, "CurrentDirectory");
        return call.context().engine().directory().toString();
    }

    private static void changeDirectory(Call call) {
        Path path = FileNames.readable(call.context(), call.text(0));
        if (!Files.isDirectory(path)) {
            throw Errors.of("Каталог не найден: '" + path + "'", "Directory not found: '" + path + "'");
        }
        call.context().engine().directory(path);
    }

    /** With a slash at the end. */
    static String temporaryDirectory() {
        String directory = System.getProperty("java.io.tmpdir");
        return directory.endsWith(File.separator) ? directory : directory + File.separator;
    }

    /** Makes up a name; the file is not there yet. */
    private static Object temporaryName(Call call) {
        call.context().require(Permission.SYSTEM, "TempFilesDir");
        String extension = call.text(0, "tmp");
        String dotted = extension.startsWith(".") ? extension : "." + extension;
        return temporaryDirectory() + UUID.randomUUID() + dotted;
    }

    /** A later path that is absolute replaces the former ones. */
    private static Object combine(Call call) {
        String all = "";
        for (int i = 0; i < call.count(); i++) {
            all = joined(all, call.text(i));
        }
        return all;
    }

    private static String joined(String first, String second) {
        String left = FileNames.withSystemSlashes(first);
        String right = FileNames.withSystemSlashes(second);
        if (left.isEmpty() || isAbsolute(right)) {
            return right;
        }
        return right.isEmpty() || left.endsWith(File.separator) ? left + right : left + File.separator + right;
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith(File.separator) || (WINDOWS && path.matches("^[A-Za-z]:.*"));
    }
}
