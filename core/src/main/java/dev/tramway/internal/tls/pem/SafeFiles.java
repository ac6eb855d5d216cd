package dev.tramway.internal.tls.pem;

import dev.tramway.TlsException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;

/** Writes files whole or not at all; those with keys so that only their owner can read them, from the first byte on. */
public final class SafeFiles {
    private SafeFiles() {}

    /**
     * Writes a file that anyone may read.
     *
     * @param file is replaced if it exists
     */
    public static void write(Path file, byte[] content) {
        write(file, content, false);
    }

    /**
     * Writes a file that only its owner may read, where the file system knows owners.
     *
     * @param file is replaced if it exists
     */
    public static void writeSecret(Path file, byte[] content) {
        write(file, content, true);
    }

    private static void write(Path file, byte[] content, boolean secret) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new TlsException(file + " is no file name: give one inside a directory");
        }
        try {
            Files.createDirectories(directory);
            Path draft =
                    Files.createTempFile(directory, "." + file.getFileName(), ".new", permissions(directory, secret));
            try {
                restrict(draft, secret);
                Files.write(draft, content);
                move(draft, file);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (FileAlreadyExistsException notADirectory) {
            throw new TlsException(directory + " is a file: name a directory", notADirectory);
        } catch (IOException failure) {
            throw new TlsException(
                    file + " could not be written (" + failure
                            + "): check that the directory exists and may be written to",
                    failure);
        }
    }

    private static FileAttribute<?>[] permissions(Path directory, boolean secret) throws IOException {
        if (!Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(secret ? "rw-------" : "rw-r--r--"))
        };
    }

    /** Windows: one entry, for the owner. */
    private static void restrict(Path file, boolean secret) throws IOException {
        AclFileAttributeView acl = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (secret && acl != null) {
            acl.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(acl.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .build()));
        }
    }

    private static void move(Path draft, Path file) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
