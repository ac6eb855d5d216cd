package dev.tramway.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Certificates;
import io.netty.buffer.ByteBufAllocator;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS as it is for a program that has neither Bouncy Castle nor netty-tcnative. */
class MissingJarsTest {
    @Test
    void filesWorkAndMakingCertificatesNamesTheArtifact(@TempDir Path dir) throws Exception {
        Path both = dir.resolve("server.pem");
        Certificates.server("a.test").make().writePem(both, "qwerty");

        try (URLClassLoader poor = new URLClassLoader(remaining(), ClassLoader.getPlatformClassLoader())) {
            Class<?> settings = poor.loadClass(TlsSettings.class.getName());
            Object tls = settings.getMethod("pem", Path.class, Path.class, String.class)
                    .invoke(null, both, both, "qwerty");
            Class<?> allocatorType = poor.loadClass(ByteBufAllocator.class.getName());
            Object allocator = allocatorType.getField("DEFAULT").get(null);
            Object handler =
                    settings.getMethod("newServerHandler", allocatorType).invoke(tls, allocator);

            assertThat(handler.getClass().getSimpleName()).isEqualTo("StrictSslHandler");
            assertThat(settings.getMethod("engineReason").invoke(tls))
                    .isEqualTo("JDK engine: BoringSSL is missing (netty-tcnative is not on the class path)");
            assertThat(failureOfSelfSigned(settings))
                    .hasToString("dev.tramway.TlsException: Making certificates needs Bouncy Castle: add the artifact"
                            + " org.bouncycastle:bcpkix-jdk18on to the class path, or make the files with openssl and"
                            + " use Tls.pem");
        }
    }

    private static Throwable failureOfSelfSigned(Class<?> settings) throws ReflectiveOperationException {
        try {
            settings.getMethod("selfSigned", String[].class).invoke(null, (Object) new String[] {"localhost"});
            throw new AssertionError("a certificate was made without Bouncy Castle");
        } catch (InvocationTargetException failed) {
            return Objects.requireNonNull(failed.getCause());
        }
    }

    private static URL[] remaining() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> !path.contains("bouncycastle") && !path.contains("tcnative"))
                .map(MissingJarsTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
