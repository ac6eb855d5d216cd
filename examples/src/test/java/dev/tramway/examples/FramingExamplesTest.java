package dev.tramway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FramingExamplesTest {
    @Test
    void lengthPrefixedEchoSendsMessagesBackAndTellsOfTheFourEvents() throws Exception {
        try (ExampleProcess server = ExampleProcess.start("length-prefixed-echo", "0")) {
            try (Peer peer = Peer.connect(server.port())) {
                server.expect("^New connection from /127\\.0\\.0\\.1:\\d+$");
                peer.send("\0\0\0\5hello\0\0\0\0\0\0\0\3you");
                assertThat(peer.read(20)).isEqualTo("\0\0\0\5hello\0\0\0\0\0\0\0\3you");
                server.expect("^New message from /127\\.0\\.0\\.1:\\d+: hello$");
                server.expect("^Sent back 9 bytes to /127\\.0\\.0\\.1:\\d+$");
                server.expect("^Sent back 4 bytes to");
                server.expect("^Sent back 7 bytes to");
            }
            server.expect("^Close connection from /127\\.0\\.0\\.1:\\d+: ");
            server.stop();
        }
    }

    @Test
    void aConnectionThatChangesItsProtocolLosesNoByte() throws Exception {
        String lines = "first line\nbinary\n";
        String binary = "\0\4\r\n\0!\0\0\0\5lines";
        try (ExampleProcess server = ExampleProcess.start("protocol-switch", "0")) {
            String port = server.port();
            try (Peer peer = Peer.connect(port)) {
                // In one piece: the change comes in the middle of what was read already.
                peer.send(lines + binary + "last line\n");
                String all = lines + binary + "last line\n";
                assertThat(peer.read(all.length())).isEqualTo(all);
            }
            try (Peer peer = Peer.connect(port)) {
                for (char next : (lines + binary).toCharArray()) {
                    peer.send(String.valueOf(next));
                }
                String all = lines + binary;
                assertThat(peer.read(all.length())).isEqualTo(all);
            }
            server.stop();
        }
    }

    @Test
    void aFramingOfOnesOwnReadsAndWritesItsFrames() throws Exception {
        try (ExampleProcess server = ExampleProcess.start("custom-framing", "0")) {
            try (Peer peer = Peer.connect(server.port())) {
                String frames = "5:hello,0:,12:with , and :,";
                peer.send(frames);
                assertThat(peer.read(frames.length())).isEqualTo(frames);
                server.type("good morning");
                assertThat(peer.read(16)).isEqualTo("12:good morning,");
                peer.send("65537:");
                assertThat(peer.isAtEnd()).isTrue();
            }
            server.expect("^Session ended: protocol error: .*65537");
            server.stop();
        }
    }

    @Test
    void aFramingOfOnesOwnRefusesWhatIsNoFrame() throws Exception {
        try (ExampleProcess server = ExampleProcess.start("custom-framing", "0")) {
            String port = server.port();
            for (String wrong : new String[] {"hello", ":", "00:", "01:a,", "3:abcd", "-1:"}) {
                try (Peer peer = Peer.connect(port)) {
                    peer.send(wrong);
                    server.expect("^Session ended: protocol error: netstring");
                }
            }
            server.stop();
        }
    }
}
