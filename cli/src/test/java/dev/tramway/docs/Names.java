package dev.tramway.docs;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names that a document may use. What a name is shows in its shape:
 *
 * <pre>
 * TcpServer, CloseReason.Kind          a type of some module
 * Session#send, SendResult#FULL        its method, field or constant, inherited ones included
 * TlsHandshakeTest, …Test#method       a test class of some module, by its source file
 * tramway cert ca --san, ./tramway …   a command, with its subcommands and options
 * core/, core/pom.xml, mvnw            a directory or file, from the root of the repository
 * ./mvnw verify -Plong                 a build, with its profiles
 * </pre>
 *
 * Types are looked up in class files and not loaded, so that those which need an optional library are found without it.
 */
final class Names {
    private static final Pattern TYPE = Pattern.compile("[A-Z]\\w*(\\.[A-Z]\\w*)*");
    private static final Pattern MEMBER = Pattern.compile("(" + TYPE + ")#(\\w+)");
    private static final Pattern COMMAND = Pattern.compile("(\\./)?tramway( .*)?");
    private static final Pattern BUILD = Pattern.compile("\\./mvnw( .*)?");
    private static final Pattern PROFILE = Pattern.compile("-P(\\w+)");
    private static final Pattern MODULE = Pattern.compile("-pl (\\w+)");
    private static final Pattern FILE =
            Pattern.compile("[\\w.@-]+(/[\\w.@-]*)+|[\\w-]+\\.(md|xml|java|cmd)|mvnw|LICENSE");

    private final Map<String, List<JavaClass>> types;
    private final Map<String, Path> tests;
    private final Commands commands;

    private Names(Map<String, List<JavaClass>> types, Map<String, Path> tests, Commands commands) {
        this.types = types;
        this.tests = tests;
        this.commands = commands;
    }

    /** Who may be named. */
    enum Scope {
        /** Only what users of the library and its programs can use. */
        PUBLIC,
        /** Everything. */
        ALL
    }

    /** All names of this repository. */
    static Names load() {
        Map<String, List<JavaClass>> types = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.tramway").stream()
                        .collect(Collectors.groupingBy(Names::nestedName));
        Map<String, Path> tests = Repository.files("", ".java").stream()
                .filter(file ->
                        file.toString().contains(Path.of("src", "test", "java").toString()))
                .collect(Collectors.toMap(Names::fileName, file -> file, (one, other) -> one));
        return new Names(types, tests, Commands.installed());
    }

    private static String nestedName(JavaClass type) {
        int packageLength = type.getPackageName().length();
        return type.getName().substring(packageLength + 1).replace('$', '.');
    }

    private static String fileName(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    /** Says what is wrong with a name; empty if it exists, or if it has none of the known shapes. */
    Optional<String> problem(String name, Scope scope) {
        return understands(name) ? lookUp(name, scope) : Optional.empty();
    }

    /** True if a name has one of the known shapes. */
    boolean understands(String name) {
        return Stream.of(TYPE, MEMBER, COMMAND, BUILD, FILE)
                .anyMatch(shape -> shape.matcher(name).matches());
    }

    private Optional<String> lookUp(String name, Scope scope) {
        if (COMMAND.matcher(name).matches()) {
            return commands.problem(name);
        }
        if (BUILD.matcher(name).matches()) {
            return missingProfile(name);
        }
        if (FILE.matcher(name).matches()) {
            return Files.exists(Repository.root().resolve(name)) ? Optional.empty() : Optional.of("no such file");
        }
        int hash = name.indexOf('#');
        String type = hash < 0 ? name : name.substring(0, hash);
        Optional<String> member = hash < 0 ? Optional.empty() : Optional.of(name.substring(hash + 1));
        if (tests.containsKey(type)) {
            return member.flatMap(method -> missingInTest(type, method));
        }
        return missing(type, member, scope);
    }

    private static Optional<String> missingProfile(String build) {
        Stream<String> modules = MODULE.matcher(build).results().map(module -> module.group(1) + "/pom.xml");
        String project = Stream.concat(Stream.of("pom.xml"), modules)
                .map(file -> Repository.read(Repository.root().resolve(file)))
                .collect(Collectors.joining());
        return PROFILE.matcher(build)
                .results()
                .map(profile -> profile.group(1))
                .filter(profile -> !project.contains("<id>" + profile + "</id>"))
                .map(profile -> "no profile " + profile)
                .findFirst();
    }

    private Optional<String> missingInTest(String type, String method) {
        Path file = tests.get(type);
        boolean found = file != null
                && Pattern.compile("\\b" + method + "\\s*\\(")
                        .matcher(Repository.read(file))
                        .find();
        return found ? Optional.empty() : Optional.of("the test has no such method");
    }

    private Optional<String> missing(String type, Optional<String> member, Scope scope) {
        List<JavaClass> found = types.getOrDefault(type, List.of()).stream()
                .filter(each -> scope == Scope.ALL || isPublic(each))
                .toList();
        if (found.isEmpty()) {
            return Optional.of(types.containsKey(type) ? "the type is not public" : "no such type");
        }
        if (member.isPresent() && found.stream().noneMatch(each -> has(each, member.get(), scope))) {
            return Optional.of(
                    "the type has no such member" + (scope == Scope.PUBLIC ? ", or none that is public" : ""));
        }
        return Optional.empty();
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !(type.getPackageName() + ".").contains(".internal.")
                && type.getEnclosingClass().map(Names::isPublic).orElse(true);
    }

    private static boolean has(JavaClass type, String member, Scope scope) {
        return Stream.concat(type.getAllMethods().stream(), type.getAllFields().stream())
                .filter((JavaMember each) -> each.getName().equals(member))
                .anyMatch(each -> scope == Scope.ALL || each.getModifiers().contains(JavaModifier.PUBLIC));
    }
}
