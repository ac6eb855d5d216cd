package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Library;

/** Buffers, binary data, streams, readers and writers of data, hashes. */
public final class BinaryLibrary {
    private BinaryLibrary() {}

    /** Declares them. */
    public static void declare(Library.Builder library) {
        library.enumeration(ByteOrders.ENUMERATION)
                .enumeration(TextEncoding.ENUMERATION)
                .type(BslBinaryBuffer.TYPE)
                .type(BslBinaryData.TYPE);
        library.enumeration(BslStream.POSITION)
                .enumeration(BslFileStream.MODE)
                .enumeration(BslFileStream.ACCESS)
                .type(BslStream.TYPE)
                .type(BslMemoryStream.TYPE)
                .type(BslFileStream.TYPE)
                .type(FileStreams.TYPE)
                .requires(Permission.PURE)
                .property("ФайловыеПотоки", "FileStreams", context -> FileStreams.INSTANCE);
        library.type(DataReader.TYPE)
                .type(DataWriter.TYPE)
                .type(ReadResult.TYPE)
                .enumeration(DataHashing.FUNCTION)
                .type(DataHashing.TYPE);
        BinaryFunctions.declare(library);
    }
}
