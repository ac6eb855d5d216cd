package dev.tramway.onescript.internal.component;

import dev.tramway.Certificates;
import dev.tramway.Credentials;
import dev.tramway.Tls;
import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Errors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Certificates as files that scripts name. */
final class CertificateFiles {
    static final String DEFAULT_PFX = "certificate.pfx";
    static final String DEFAULT_CRT = "certificate.crt";

    /** Part of the component's interface, for files that are not secret. */
    static final String DEFAULT_PASSWORD = "swordfish20231223";

    private static final Duration LIFETIME = Duration.ofDays(365);

    /** A PKCS#12 file and its password. */
    record Protected(String file, String password) {}

    private CertificateFiles() {}

    static void declare(NativeType.Builder<RootObject> type) {
        type.requires(Permission.WRITE_FILES)
                .procedure(
                        "СоздатьСамоподписанныйСертификат",
                        "CreateSelfSignedCertificate",
                        Params.of(3),
                        (self, call) -> create(call))
                .procedure("ИзвлечьCrtИзPfx", "ExtractCrtFromPfx", Params.of(3), (self, call) -> extract(call));
    }

    private static void create(Call call) {
        Path target = writable(call.context(), call.text(0));
        plan(call.text(1)).make().writePkcs12(target, call.text(2));
        call.context().engine().print("Сертификат сохранен: " + target);
    }

    /** A name that no host can have is only the subject's. */
    private static Certificates plan(String name) {
        boolean host = name.matches("[A-Za-z0-9.:-]+");
        return Certificates.server(host ? name : "localhost")
                .subject("CN", name)
                .key(Certificates.Key.RSA_2048)
                .lifetime(LIFETIME);
    }

    private static void extract(Call call) {
        Path source = readable(call.context(), call.text(0));
        X509Certificate certificate = Credentials.pkcs12(source, call.text(1)).certificate();
        Path target = writable(call.context(), call.text(2));
        FileNames.io(() -> Files.write(target, encoded(certificate)));
        call.context().engine().print("Сертификат сохранен: " + target);
    }

    private static byte[] encoded(X509Certificate certificate) throws IOException {
        try {
            return certificate.getEncoded();
        } catch (CertificateException wrong) {
            throw new IOException(wrong);
        }
    }

    static Tls server(Context context, Protected certificate) {
        return Tls.pkcs12(readable(context, certificate.file()), certificate.password());
    }

    /**
     * Returns settings that accept just the server with this certificate, whatever its host is called; without the default
     * file, what the system trusts.
     */
    static Tls client(Context context, Optional<String> name) {
        Path file = readable(context, name.orElse(DEFAULT_CRT));
        if (name.isEmpty() && !Files.exists(file)) {
            return Tls.client();
        }
        return Tls.client().pin(certificate(file)).hostNameCheck(false);
    }

    private static X509Certificate certificate(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(content);
        } catch (IOException failed) {
            throw FileNames.error(failed);
        } catch (CertificateException wrong) {
            throw Errors.of("Файл не содержит сертификата: " + file, "No certificate in file: " + file);
        }
    }

    /** Finds a file beside the script, or in the current directory; where its name is a path of another system, by its last part. */
    private static Path readable(Context context, String name) {
        Set<Path> places = new LinkedHashSet<>();
        Path script = context.engine().script();
        Path folder = script == null ? null : script.toAbsolutePath().getParent();
        Path current = FileNames.path(context.engine(), name);
        for (String each : new String[] {name, lastPart(name)}) {
            if (folder != null) {
                places.add(folder.resolve(slashes(each)).normalize());
            }
            places.add(FileNames.path(context.engine(), each));
        }
        Path found = places.stream().filter(Files::isRegularFile).findFirst().orElse(current);
        FileNames.require(context, Permission.READ_FILES, found);
        return found;
    }

    /** A path of another system, whose folder is not here, means a file in the current directory. */
    private static Path writable(Context context, String name) {
        Path asked = FileNames.path(context.engine(), name);
        Path folder = asked.getParent();
        boolean here = folder == null || Files.isDirectory(folder);
        Path target = here ? asked : FileNames.path(context.engine(), lastPart(name));
        FileNames.require(context, Permission.WRITE_FILES, target);
        return target;
    }

    private static String slashes(String name) {
        return name.replace('\\', '/');
    }

    private static String lastPart(String name) {
        return name.substring(slashes(name).lastIndexOf('/') + 1);
    }
}
