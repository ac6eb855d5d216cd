package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Mathematics, and operations on the bits of whole numbers from 0 to 2^32 - 1. */
final class NumbersLibrary {
    private static final long ALL_BITS = 0xFFFF_FFFFL;

    private static final Enumeration ROUNDING = new Enumeration("РежимОкругления", "RoundMode");
    private static final Enumeration.Value DOWN = ROUNDING.value("Окр15как10", "Round15as10");

    static {
        ROUNDING.value("Окр15как20", "Round15as20");
    }

    private NumbersLibrary() {}

    static void declare(Library.Builder library) {
        library.enumeration(ROUNDING).requires(Permission.PURE);
        declareMathematics(library);
        declareBits(library);
    }

    private static void declareMathematics(Library.Builder library) {
        library.function(
                        "Цел",
                        "Int",
                        Params.of(1),
                        call -> Numbers.of(Numbers.decimal(call.number(0)).setScale(0, RoundingMode.DOWN)))
                .function("Окр", "Round", Params.of(1, 3), NumbersLibrary::round)
                .function("Мин", "Min", Params.atLeast(1), call -> extreme(call, -1))
                .function("Макс", "Max", Params.atLeast(1), call -> extreme(call, 1))
                .function("Pow", "Pow", Params.of(2), NumbersLibrary::power);
        declare(library, "Log", Math::log);
        declare(library, "Log10", Math::log10);
        declare(library, "Sin", Math::sin);
        declare(library, "Cos", Math::cos);
        declare(library, "Tan", Math::tan);
        declare(library, "ASin", Math::asin);
        declare(library, "ACos", Math::acos);
        declare(library, "ATan", Math::atan);
        declare(library, "Exp", Math::exp);
        declare(library, "Sqrt", Math::sqrt);
    }

    private static void declare(Library.Builder library, String name, DoubleUnaryOperator function) {
        library.function(
                name, name, Params.of(1), call -> Numbers.of(function.applyAsDouble(Numbers.toDouble(call.number(0)))));
    }

    private static Object round(Call call) {
        int digits = call.integer(1, 0);
        boolean down = call.value(2) == DOWN || Values.equal(call.value(2), 0L);
        BigDecimal number = Numbers.decimal(call.number(0));
        if (Math.abs((long) digits) > Numbers.MAX_SCALE) {
            throw Errors.badArgument(2);
        }
        if (digits >= number.scale()) {
            return Numbers.of(number);
        }
        return Numbers.of(number.setScale(digits, down ? RoundingMode.HALF_DOWN : RoundingMode.HALF_UP));
    }

    private static Object extreme(Call call, int sign) {
        Object best = call.value(0);
        for (Object value : call.rest(1)) {
            best = Values.compare(value, best) * sign > 0 ? value : best;
        }
        return best;
    }

    /** Whole exponents are exact as far as the digits go. */
    private static Object power(Call call) {
        Object base = call.number(0);
        Object exponent = call.number(1);
        if (exponent instanceof Long times && times >= 0 && times <= 96) {
            return Numbers.of(Numbers.decimal(base).pow(times.intValue()));
        }
        return Numbers.of(Math.pow(Numbers.toDouble(base), Numbers.toDouble(exponent)));
    }

    private static void declareBits(Library.Builder library) {
        declare(library, "ПобитовоеИ", "BitwiseAnd", (a, b) -> a & b);
        declare(library, "ПобитовоеИли", "BitwiseOr", (a, b) -> a | b);
        declare(library, "ПобитовоеИНе", "BitwiseAndNot", (a, b) -> a & ~b);
        declare(library, "ПобитовоеИсключительноеИли", "BitwiseXor", (a, b) -> a ^ b);
        library.function("ПобитовоеНе", "BitwiseNot", Params.of(1), call -> ~bits(call, 0) & ALL_BITS)
                .function("ПроверитьБит", "CheckBit", Params.of(2), call -> (bits(call, 0) >> bit(call, 1) & 1) != 0)
                .function("УстановитьБит", "SetBit", Params.of(3), NumbersLibrary::setBit)
                .function(
                        "ПроверитьПоБитовойМаске",
                        "CheckByBitMask",
                        Params.of(2),
                        call -> (bits(call, 0) & bits(call, 1)) == bits(call, 1))
                .function(
                        "ПобитовыйСдвигВлево",
                        "BitwiseShiftLeft",
                        Params.of(2),
                        call -> bits(call, 0) << bit(call, 1) & ALL_BITS)
                .function(
                        "ПобитовыйСдвигВправо",
                        "BitwiseShiftRight",
                        Params.of(2),
                        call -> bits(call, 0) >> bit(call, 1));
    }

    private static void declare(Library.Builder library, String ru, String en, LongBinaryOperator operator) {
        library.function(ru, en, Params.of(2), call -> operator.applyAsLong(bits(call, 0), bits(call, 1)) & ALL_BITS);
    }

    private static long bits(Call call, int index) {
        Object number = call.number(index);
        if (!Numbers.isWhole(number) || Numbers.signum(number) < 0 || Numbers.compare(number, ALL_BITS) > 0) {
            throw Errors.badArgument(index + 1);
        }
        return Numbers.toLong(number);
    }

    private static int bit(Call call, int index) {
        int bit = call.integer(index);
        if (bit < 0 || bit > 31) {
            throw Errors.badArgument(index + 1);
        }
        return bit;
    }

    private static Object setBit(Call call) {
        long mask = 1L << bit(call, 1);
        return call.flag(2) ? bits(call, 0) | mask : bits(call, 0) & ~mask;
    }
}
