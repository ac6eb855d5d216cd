package dev.tramway.internal.tls.pem;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a PEM file: what stands after BEGIN, lines such as {@code DEK-Info: ...}, and the decoded data. */
final class PemBlock {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private final String label;
    private final Map<String, String> headers;
    private final byte[] content;

    private PemBlock(String label, Map<String, String> headers, byte[] content) {
        this.label = label;
        this.headers = headers;
        this.content = content;
    }

    String label() {
        return label;
    }

    /** The value of a header line, empty if there is none. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    byte[] content() {
        return content;
    }

    /** Finds all blocks; text between them, such as the bag attributes that openssl writes, is skipped. */
    static List<PemBlock> parse(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(text);
        while (found.find()) {
            blocks.add(block(found.group(1), found.group(2)));
        }
        return blocks;
    }

    private static PemBlock block(String label, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        StringBuilder data = new StringBuilder();
        for (String line : body.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            } else {
                data.append(line.strip());
            }
        }
        return new PemBlock(label, headers, Base64.getDecoder().decode(data.toString()));
    }

    /** Writes one block without headers. */
    static String format(String label, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    boolean isCertificate() {
        return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE") || label.equals("TRUSTED CERTIFICATE");
    }

    boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    boolean isEncrypted() {
        return label.equals("ENCRYPTED PRIVATE KEY") || header("Proc-Type").contains("ENCRYPTED");
    }
}
