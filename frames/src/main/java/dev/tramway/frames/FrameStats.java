package dev.tramway.frames;

/**
 * What became of the bytes that a protocol was given, since it was loaded.
 *
 * @param frames frames that were cut out
 * @param skippedBytes bytes that belonged to no frame
 * @param rejected beginnings of frames that turned out to be none, most of them by a wrong check
 * @param unknown frames of no message that the definition knows
 * @param malformed frames that could not be decoded
 */
public record FrameStats(long frames, long skippedBytes, long rejected, long unknown, long malformed) {}
