package dev.tramway.docs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.tramway.Codec;
import dev.tramway.FrameReader;
import dev.tramway.FrameWriter;
import dev.tramway.Framing;
import dev.tramway.FramingException;
import dev.tramway.frames.Offender;
import dev.tramway.internal.tcp.ServerBuilder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The modules keep their layers: arrows go up only, insides stay inside, and users see no Netty. */
class LayeringTest {
    private static final String CORE = "dev.tramway";

    /** Packages of the modules below core, in order: each may use those before it. */
    private static final List<String> BELOW = Stream.of(
                    "frames", "onescript", "cluster", "server", "bench", "examples", "cli")
            .map(name -> CORE + "." + name)
            .toList();

    private static final List<String> PUBLIC_PACKAGES = Stream.concat(
                    Stream.of(CORE), BELOW.subList(0, BELOW.indexOf("dev.tramway.bench")).stream())
            .toList();

    /** What frames may use: the two interfaces, and what their methods take, give and throw. */
    private static final Set<String> OPEN_TO_FRAMES = Stream.of(
                    Framing.class,
                    Codec.class,
                    FrameReader.class,
                    FrameReader.Cut.class,
                    FrameWriter.class,
                    FramingException.class)
            .map(Class::getName)
            .collect(Collectors.toSet());

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(CORE);

    private static final JavaClasses OFFENDERS = new ClassFileImporter()
            .importClasses(
                    Offender.class,
                    dev.tramway.internal.loop.Offender.class,
                    dev.tramway.internal.tls.Offender.class,
                    dev.tramway.internal.udp.Offender.class,
                    ServerBuilder.class);

    @SuppressWarnings("ImmutableEnumChecker") // a rule never changes, though its type does not say so
    enum Rule {
        ARROWS_GO_UP(classes().should(useOnlyModulesAbove())),
        FRAMES_USE_FRAMING_AND_CODEC_ONLY(noClasses()
                .that(resideInAPackage("dev.tramway.frames.."))
                .should()
                .dependOnClassesThat(otherwiseInCore())),
        INSIDES_STAY_INSIDE(classes().should(leaveOtherInsidesAlone())),
        NETTY_STAYS_INSIDE(noClasses()
                .that()
                .resideOutsideOfPackages("dev.tramway..internal..", "dev.tramway.bench.peer..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.netty.."))),
        USERS_SEE_PUBLIC_TYPES_ONLY(members()
                .that()
                .areDeclaredInClassesThat(resideInAnyPackage(PUBLIC_PACKAGES.toArray(String[]::new))
                        .and(isVisible()))
                .and(describe("users can see", LayeringTest::isVisible))
                .should(showNoInsideAndNoNetty())),
        LOOPS_KNOW_NO_SESSIONS(noClasses()
                .that(resideInAnyPackage("dev.tramway.internal.loop..", "dev.tramway.internal.framing.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.tramway.internal.tcp..", "dev.tramway.internal.udp..", "dev.tramway.internal.tls.."))),
        TCP_AND_UDP_KNOW_NOTHING_OF_EACH_OTHER(
                slices().matching("dev.tramway.internal.(tcp|udp)..").should().notDependOnEachOther()),
        TLS_KNOWS_NO_SESSIONS(noClasses()
                .that(resideInAPackage("dev.tramway.internal.tls.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.tramway.internal.tcp..", "dev.tramway.internal.udp..")));

        private final ArchRule rule;

        Rule(ArchRule rule) {
            // A module may be empty for now.
            this.rule = rule.allowEmptyShould(true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isKept(Rule rule) {
        rule.rule.check(OURS);
    }

    @ParameterizedTest
    @EnumSource
    void canBeBroken(Rule rule) {
        assertThat(rule.rule.evaluate(OFFENDERS).hasViolation()).isTrue();
    }

    /** Place of a class's module in the list; core is 0. */
    private static int module(JavaClass type) {
        for (int i = 0; i < BELOW.size(); i++) {
            if ((type.getPackageName() + ".").startsWith(BELOW.get(i) + ".")) {
                return i + 1;
            }
        }
        return 0;
    }

    private static boolean isOurs(JavaClass type) {
        return (type.getPackageName() + ".").startsWith(CORE + ".");
    }

    private static boolean isInside(JavaClass type) {
        return isOurs(type) && (type.getPackageName() + ".").contains(".internal.");
    }

    private static ArchCondition<JavaClass> useOnlyModulesAbove() {
        return forEachUse(
                "use only modules above their own", use -> module(use.getTargetClass()) > module(use.getOriginClass()));
    }

    private static ArchCondition<JavaClass> leaveOtherInsidesAlone() {
        return forEachUse(
                "not use the inside of another module",
                use -> isInside(use.getTargetClass()) && module(use.getTargetClass()) != module(use.getOriginClass()));
    }

    private static ArchCondition<JavaClass> forEachUse(
            String description, java.util.function.Predicate<Dependency> wrong) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(use -> isOurs(use.getTargetClass()))
                        .filter(wrong)
                        .forEach(use -> events.add(SimpleConditionEvent.violated(type, use.getDescription())));
            }
        };
    }

    private static DescribedPredicate<JavaClass> otherwiseInCore() {
        return describe(
                "core beyond Framing and Codec",
                type -> isOurs(type) && module(type) == 0 && !OPEN_TO_FRAMES.contains(type.getName()));
    }

    private static DescribedPredicate<JavaClass> isVisible() {
        return describe("users can see", type -> isVisible(type.getModifiers()));
    }

    private static boolean isVisible(JavaMember member) {
        return isVisible(member.getModifiers());
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static ArchCondition<JavaMember> showNoInsideAndNoNetty() {
        return new ArchCondition<>("show no inside and no Netty") {
            @Override
            public void check(JavaMember member, ConditionEvents events) {
                shown(member)
                        .filter(type -> isInside(type) || type.getPackageName().startsWith("io.netty"))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                member, member.getDescription() + " shows " + type.getName())));
            }
        };
    }

    private static Stream<JavaClass> shown(JavaMember member) {
        Stream<JavaClass> thrown =
                member instanceof JavaCodeUnit code ? code.getExceptionTypes().stream() : Stream.empty();
        return Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown);
    }
}
