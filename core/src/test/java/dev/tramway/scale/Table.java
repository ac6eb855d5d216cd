package dev.tramway.scale;

import java.util.ArrayList;
import java.util.List;

/** Figures for people, one row for each run. */
final class Table {
    private final String title;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String title, String... columns) {
        this.title = title;
        rows.add(List.of(columns));
    }

    /** Adds a row; fractions are shown with one digit. */
    void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell instanceof Double number ? "%.1f".formatted(number) : cell.toString());
        }
        rows.add(row);
    }

    /** Prints all rows, if there are any. */
    void print() {
        if (rows.size() == 1) {
            return;
        }
        System.out.println(System.lineSeparator() + title + " (" + Machine.load() + ")");
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(("%" + width(column) + "s  ").formatted(row.get(column)));
            }
            System.out.println(line);
        }
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
    }
}
