package dev.tramway.onescript.internal.library.regex;

import java.util.List;
import java.util.regex.MatchResult;

/** Where a pattern, and each of its groups, was found in a text. */
final class Found {
    private final String text;
    private final List<GroupNumbers.Group> groups;
    private final int[] starts;
    private final int[] ends;

    Found(String text, List<GroupNumbers.Group> groups, MatchResult match) {
        this.text = text;
        this.groups = groups;
        this.starts = new int[groups.size()];
        this.ends = new int[groups.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = -1;
            ends[i] = -1;
            for (int java : groups.get(i).java()) {
                if (match.start(java) >= 0) {
                    starts[i] = match.start(java);
                    ends[i] = match.end(java);
                }
            }
        }
    }

    String text() {
        return text;
    }

    List<GroupNumbers.Group> groups() {
        return groups;
    }

    /** Returns where the match begins. */
    int start() {
        return starts[0];
    }

    /** Returns where the match ends. */
    int end() {
        return ends[0];
    }

    /** Returns where a group begins; -1 where it took no part. */
    int start(int group) {
        return starts[group];
    }

    /** Returns what a group found; empty where it took no part. */
    String value(int group) {
        return starts[group] < 0 ? "" : text.substring(starts[group], ends[group]);
    }
}
