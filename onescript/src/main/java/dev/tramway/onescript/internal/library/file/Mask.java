package dev.tramway.onescript.internal.library.file;

import java.io.File;
import java.util.regex.Pattern;

/** A mask of file names: * is any characters, ? is one; *.* is all names. Case matters where it does in file names. */
final class Mask {
    private final Pattern pattern;

    Mask(String mask) {
        StringBuilder regex = new StringBuilder();
        String all = mask.equals("*.*") ? "*" : mask;
        for (int i = 0; i < all.length(); i++) {
            char c = all.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        int flags = File.separatorChar == '\\' ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
        this.pattern = Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
