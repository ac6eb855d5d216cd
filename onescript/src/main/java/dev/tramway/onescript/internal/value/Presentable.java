package dev.tramway.onescript.internal.value;

/** A value that knows its own text form. */
public interface Presentable {
    String present();
}
