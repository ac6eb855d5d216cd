package dev.tramway.cli.cert;

import dev.tramway.Certificates;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The subject of a certificate as it is typed: {@code C=BY,L=Minsk,CN=example.com}, or with slashes as openssl has it.
 *
 * @param fields value by field, in the order typed
 */
record Subject(Map<String, String> fields) {
    private static final String BEFORE_A_FIELD = "(?=\\s*(?:C|ST|L|O|OU|CN)=)";

    static Subject parse(String text) {
        String separator = text.startsWith("/") ? "/" : ",";
        List<String> parts = Arrays.stream(text.split(separator + BEFORE_A_FIELD, -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        return new Subject(parts.stream()
                .map(Subject::field)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, LinkedHashMap::new)));
    }

    private static String[] field(String part) {
        int equals = part.indexOf('=');
        if (equals < 1) {
            throw new TypeConversionException(
                    part + " (expected: fields such as C=BY,ST=Belarus,L=Minsk,O=Example,OU=Unit,CN=Name)");
        }
        return new String[] {
            part.substring(0, equals).strip(), part.substring(equals + 1).strip()
        };
    }

    String commonName(String otherwise) {
        return fields.getOrDefault("CN", otherwise);
    }

    Certificates applyTo(Certificates plan) {
        Certificates changed = plan;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            changed = changed.subject(field.getKey(), field.getValue());
        }
        return changed;
    }

    /** For the command line. */
    static final class Converter implements ITypeConverter<Subject> {
        @Override
        public Subject convert(String text) {
            return parse(text);
        }
    }
}
