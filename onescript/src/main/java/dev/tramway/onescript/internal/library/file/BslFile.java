package dev.tramway.onescript.internal.library.file;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Errors;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Файл: a name, which may be of nothing that exists, and what can be asked about it. */
public final class BslFile extends BslObject {
    public static final NativeType TYPE = NativeType.declare(BslFile.class, "Файл", "File")
            .requires(Permission.PURE)
            .constructor(Params.of(1), BslFile::new)
            .property("Имя", "Name", self -> self.name)
            .property("ИмяБезРасширения", "BaseName", self -> self.name.substring(0, self.dot()))
            .property("Расширение", "Extension", BslFile::extension)
            .property("ПолноеИмя", "FullName", self -> self.path.toString())
            .property("Путь", "Path", BslFile::directory)
            .requires(Permission.READ_FILES)
            .function("Существует", "Exist", Params.NONE, (self, call) -> Files.exists(self.readable(call)))
            .function("Размер", "Size", Params.NONE, BslFile::size)
            .function(
                    "ЭтоКаталог",
                    "IsDirectory",
                    Params.NONE,
                    (self, call) -> self.attributes(call).isDirectory())
            .function(
                    "ЭтоФайл",
                    "IsFile",
                    Params.NONE,
                    (self, call) -> !self.attributes(call).isDirectory())
            .function(
                    "ПолучитьВремяИзменения",
                    "GetModificationTime",
                    Params.NONE,
                    (self, call) -> date(self.attributes(call).lastModifiedTime()))
            .function(
                    "ПолучитьВремяСоздания",
                    "GetCreationTime",
                    Params.NONE,
                    (self, call) -> date(self.attributes(call).creationTime()))
            .function("ПолучитьНевидимость", "GetHidden", Params.NONE, BslFile::isHidden)
            .function("ПолучитьТолькоЧтение", "GetReadOnly", Params.NONE, BslFile::isReadOnly)
            .requires(Permission.WRITE_FILES)
            .procedure("УстановитьВремяИзменения", "SetModificationTime", Params.of(1), BslFile::setModified)
            .procedure("УстановитьНевидимость", "SetHidden", Params.of(1), BslFile::setHidden)
            .procedure("УстановитьТолькоЧтение", "SetReadOnly", Params.of(1), BslFile::setReadOnly)
            .build();

    /** As given, with the slashes of the system and without any at the end. */
    private final String given;

    private final String name;
    private final Path path;

    private BslFile(Call call) {
        this(call, call.text(0));
    }

    BslFile(Call call, String text) {
        if (text.isBlank()) {
            throw Errors.badArgument(1);
        }
        String slashed = FileNames.withSystemSlashes(text.strip());
        this.path = FileNames.path(call.context().engine(), slashed);
        this.given = withoutLastSlash(slashed);
        this.name = given.substring(given.lastIndexOf(File.separatorChar) + 1);
    }

    private static String withoutLastSlash(String text) {
        int end = text.length();
        while (end > 1 && text.charAt(end - 1) == File.separatorChar) {
            end--;
        }
        return text.substring(0, end);
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    private int dot() {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name.length() : dot;
    }

    /** With the dot, unless there is nothing behind it. */
    private String extension() {
        String extension = name.substring(dot());
        return extension.equals(".") ? "" : extension;
    }

    /** With a slash at the end; empty where none was given. */
    private String directory() {
        return given.substring(0, given.length() - name.length());
    }

    private Path readable(Call call) {
        FileNames.require(call.context(), Permission.READ_FILES, path);
        return path;
    }

    private Path writable(Call call) {
        FileNames.require(call.context(), Permission.WRITE_FILES, path);
        return path;
    }

    private BasicFileAttributes attributes(Call call) {
        Path file = readable(call);
        return FileNames.io(() -> Files.readAttributes(file, BasicFileAttributes.class));
    }

    private Object size(Call call) {
        BasicFileAttributes attributes = attributes(call);
        if (attributes.isDirectory()) {
            throw Errors.of("Это каталог, а не файл: '" + path + "'", "A directory, not a file: '" + path + "'");
        }
        return attributes.size();
    }

    private static BslDate date(FileTime time) {
        return BslDate.of(LocalDateTime.ofInstant(time.toInstant(), ZoneId.systemDefault()));
    }

    private void setModified(Call call) {
        LocalDateTime time = call.date(0).time();
        FileTime modified = FileTime.from(time.atZone(ZoneId.systemDefault()).toInstant());
        Path file = writable(call);
        FileNames.io(() -> Files.setLastModifiedTime(file, modified));
    }

    private Object isHidden(Call call) {
        Path file = readable(call);
        return FileNames.io(() -> {
            Files.readAttributes(file, BasicFileAttributes.class);
            return Files.isHidden(file);
        });
    }

    /** Without effect where hidden files are those whose names begin with a dot. */
    private void setHidden(Call call) {
        boolean hidden = call.flag(0);
        DosFileAttributeView view = Files.getFileAttributeView(writable(call), DosFileAttributeView.class);
        if (view != null && File.separatorChar == '\\') {
            FileNames.run(() -> view.setHidden(hidden));
        }
    }

    private Object isReadOnly(Call call) {
        Path file = readable(call);
        return FileNames.io(() -> isReadOnly(file));
    }

    private static boolean isReadOnly(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null) {
            return !posix.readAttributes().permissions().contains(PosixFilePermission.OWNER_WRITE);
        }
        DosFileAttributeView dos = Files.getFileAttributeView(file, DosFileAttributeView.class);
        return dos != null && dos.readAttributes().isReadOnly();
    }

    private void setReadOnly(Call call) {
        boolean readOnly = call.flag(0);
        File file = writable(call).toFile();
        if (!file.setWritable(!readOnly)) {
            throw Errors.of("Нет доступа к файлу: '" + path + "'", "Access denied: '" + path + "'");
        }
    }
}
