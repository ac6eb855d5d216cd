package dev.tramway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command runs from the class path, others may run it from the module path: both must offer the same tools. */
class ServicesTest {

    @Test
    void modulesAndServiceFilesOfferTheSameTools() {
        var named = descriptors()
                .flatMap(descriptor -> descriptor.provides().stream())
                .filter(provides -> provides.service().equals(ToolProvider.class.getName()))
                .flatMap(provides -> provides.providers().stream());
        var listed = ServiceLoader.load(ToolProvider.class).stream()
                .map(provider -> provider.type().getName())
                .filter(name -> name.startsWith("dev.tramway."));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(named.toList());
    }

    @Test
    void everyModuleIsNamed() {
        assertThat(descriptors().map(ModuleDescriptor::name))
                .contains("dev.tramway", "dev.tramway.server", "dev.tramway.bench", "dev.tramway.examples");
    }

    /** Those of Tramway's own modules: their class files lie in directories, or in jars of our name. */
    private static Stream<ModuleDescriptor> descriptors() {
        var paths = System.getProperty("java.class.path").split(System.getProperty("path.separator"));
        return Stream.of(paths)
                .map(Path::of)
                .filter(path -> Files.exists(path.resolve("module-info.class"))
                        || path.getFileName().toString().startsWith("tramway-"))
                .flatMap(path -> ModuleFinder.of(path).findAll().stream())
                .map(reference -> reference.descriptor())
                .filter(descriptor -> descriptor.name().startsWith("dev.tramway"));
    }
}
