package dev.tramway.onescript.internal.component;

/** What servers tell scripts. */
enum ServerEvent {
    CONNECTED("ПриПодключенииКлиента", "ClientConnected"),
    DISCONNECTED("ПриОтключенииКлиента", "ClientDisconnected"),
    RECEIVED("СерверПолучилДанные", "ServerReceived"),
    ERROR("ПриОшибкеСервера", "ErrorServer");

    private final String russian;
    private final String english;

    ServerEvent(String russian, String english) {
        this.russian = russian;
        this.english = english;
    }

    String russian() {
        return russian;
    }

    String english() {
        return english;
    }
}
