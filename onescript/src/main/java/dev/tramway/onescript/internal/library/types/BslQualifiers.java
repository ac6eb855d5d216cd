package dev.tramway.onescript.internal.library.types;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a description of types says about the values of one type; each changes a value so that it complies. */
final class BslQualifiers {
    static final Enumeration LENGTH = new Enumeration("ДопустимаяДлина", "AllowedLength");
    static final Enumeration SIGN = new Enumeration("ДопустимыйЗнак", "AllowedSign");
    static final Enumeration FRACTIONS = new Enumeration("ЧастиДаты", "DateFractions");

    private static final Enumeration.Value VARIABLE = LENGTH.value("Переменная", "Variable");
    private static final Enumeration.Value FIXED = LENGTH.value("Фиксированная", "Fixed");
    private static final Enumeration.Value ANY = SIGN.value("Любой", "Any");
    private static final Enumeration.Value NONNEGATIVE = SIGN.value("Неотрицательный", "Nonnegative");
    private static final Enumeration.Value DATE = FRACTIONS.value("Дата", "Date");
    private static final Enumeration.Value DATE_TIME = FRACTIONS.value("ДатаВремя", "DateTime");
    private static final Enumeration.Value TIME = FRACTIONS.value("Время", "Time");

    private static final long DAY = 86_400;

    /** As the platform has it; a number has no more anyway. */
    private static final int MOST_DIGITS = 38;

    /** A text of fixed length is filled up to it, which must not cost more than the memory that scripts are given. */
    private static final int LONGEST = 1 << 20;

    private BslQualifiers() {}

    private static int size(Call call, int index, int most) {
        int size = call.integer(index, 0);
        if (size < 0 || size > most) {
            throw Errors.badArgument(index + 1);
        }
        return size;
    }

    /** Returns an argument that is a value of an enumeration. */
    private static Enumeration.Value choice(Call call, int index, Enumeration of, Enumeration.Value otherwise) {
        Enumeration.Value value = call.as(index, Enumeration.Value.class, otherwise);
        if (value.type() != of.type()) {
            throw Errors.badArgumentType(index + 1);
        }
        return value;
    }

    /** КвалификаторыЧисла: digits in all, 0 for any number of them, and behind the point. */
    static final class OfNumber extends BslObject {
        static final NativeType TYPE = NativeType.declare(OfNumber.class, "КвалификаторыЧисла", "NumberQualifiers")
                .requires(Permission.PURE)
                .constructor(
                        Params.of(0, 3),
                        call -> new OfNumber(
                                size(call, 0, MOST_DIGITS), size(call, 1, MOST_DIGITS), choice(call, 2, SIGN, ANY)))
                .property("Разрядность", "Digits", self -> (long) self.digits)
                .property("РазрядностьДробнойЧасти", "FractionDigits", self -> (long) self.fraction)
                .property("ДопустимыйЗнак", "AllowedSign", self -> self.sign)
                .build();
        static final OfNumber NONE = new OfNumber(0, 0, ANY);

        private final int digits;
        private final int fraction;
        private final Enumeration.Value sign;

        private OfNumber(int digits, int fraction, Enumeration.Value sign) {
            this.digits = digits;
            this.fraction = fraction;
            this.sign = sign;
        }

        @Override
        public NativeType type() {
            return TYPE;
        }

        /** A number that is too large becomes the largest that fits. */
        Object adjust(Object number) {
            if (sign == NONNEGATIVE && Numbers.signum(number) < 0) {
                return 0L;
            }
            if (digits == 0) {
                return number;
            }
            BigDecimal rounded = Numbers.decimal(number).setScale(fraction, RoundingMode.HALF_UP);
            BigDecimal limit =
                    BigDecimal.TEN.pow(Math.max(0, digits - fraction)).subtract(BigDecimal.ONE.movePointLeft(fraction));
            return Numbers.of(rounded.min(limit).max(limit.negate()));
        }
    }

    /** КвалификаторыСтроки. */
    static final class OfString extends BslObject {
        static final NativeType TYPE = NativeType.declare(OfString.class, "КвалификаторыСтроки", "StringQualifiers")
                .requires(Permission.PURE)
                .constructor(
                        Params.of(0, 2),
                        call -> new OfString(size(call, 0, LONGEST), choice(call, 1, LENGTH, VARIABLE)))
                .property("Длина", "Length", self -> (long) self.length)
                .property("ДопустимаяДлина", "AllowedLength", self -> self.allowed)
                .build();
        static final OfString NONE = new OfString(0, VARIABLE);

        private final int length;
        private final Enumeration.Value allowed;

        private OfString(int length, Enumeration.Value allowed) {
            this.length = length;
            this.allowed = allowed;
        }

        @Override
        public NativeType type() {
            return TYPE;
        }

        /** A string of fixed length is filled up with blanks; length 0 is no limit. */
        String adjust(String text) {
            if (length == 0) {
                return text;
            }
            if (text.length() > length) {
                return text.substring(0, length);
            }
            return allowed == FIXED ? text + " ".repeat(length - text.length()) : text;
        }
    }

    /** КвалификаторыДаты. */
    static final class OfDate extends BslObject {
        static final NativeType TYPE = NativeType.declare(OfDate.class, "КвалификаторыДаты", "DateQualifiers")
                .requires(Permission.PURE)
                .constructor(Params.of(0, 1), call -> new OfDate(choice(call, 0, FRACTIONS, DATE_TIME)))
                .property("ЧастиДаты", "DateFractions", self -> self.fractions)
                .build();
        static final OfDate NONE = new OfDate(DATE_TIME);

        private final Enumeration.Value fractions;

        private OfDate(Enumeration.Value fractions) {
            this.fractions = fractions;
        }

        @Override
        public NativeType type() {
            return TYPE;
        }

        BslDate adjust(BslDate date) {
            long time = date.seconds() % DAY;
            if (fractions == DATE) {
                return BslDate.at(date.seconds() - time);
            }
            return fractions == TIME ? BslDate.at(time) : date;
        }
    }

    /** КвалификаторыДвоичныхДанных: only remembered, as in the original. */
    static final class OfBinary extends BslObject {
        static final NativeType TYPE = NativeType.declare(
                        OfBinary.class, "КвалификаторыДвоичныхДанных", "BinaryDataQualifiers")
                .requires(Permission.PURE)
                .constructor(
                        Params.of(0, 2),
                        call -> new OfBinary(size(call, 0, LONGEST), choice(call, 1, LENGTH, VARIABLE)))
                .property("Длина", "Length", self -> (long) self.length)
                .property("ДопустимаяДлина", "AllowedLength", self -> self.allowed)
                .build();
        static final OfBinary NONE = new OfBinary(0, VARIABLE);

        private final int length;
        private final Enumeration.Value allowed;

        private OfBinary(int length, Enumeration.Value allowed) {
            this.length = length;
            this.allowed = allowed;
        }

        @Override
        public NativeType type() {
            return TYPE;
        }
    }
}
