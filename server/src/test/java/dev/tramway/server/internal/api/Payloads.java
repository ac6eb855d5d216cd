package dev.tramway.server.internal.api;

import java.util.ArrayList;
import java.util.List;

/** A hundred texts that a device may call itself, each of which does harm where somebody takes it for markup, code or a line. */
final class Payloads {
    private static final List<String> DEEDS = List.of(
            "window.pwned=1",
            "alert(1)",
            "parent.pwned=1",
            "top['pwned']=1",
            "constructor.constructor('window.pwned=1')()",
            "fetch('/api/v1/devices',{method:'POST'}).then(()=>window.pwned=1)",
            "import('data:text/javascript,window.pwned=1')",
            "document.body.innerHTML=''",
            "self.pwned=1",
            "eval(atob('d2luZG93LnB3bmVkPTE='))");
    private static final List<String> COVERS = List.of(
            "<script>%s</script>",
            "</script><script>%s</script>",
            "<img src=x onerror=\"%s\">",
            "\"><svg onload=\"%s\">",
            "'-%s-'",
            "javascript:%s",
            "</title></textarea></style><iframe srcdoc=\"<script>%s</script>\"></iframe>",
            "{{%s}}${%s}${jndi:ldap://127.0.0.1/%s}",
            "<a href=\"javascript:%s\" autofocus onfocus=\"%s\">\r\nSet-Cookie: a=b\r\n\r\n",
            "\u202E\u0000\u001b[31m\u2028<math><mtext></form><details open ontoggle=\"%s\">");

    /** All of them. */
    static final List<String> ALL = all();

    private Payloads() {}

    private static List<String> all() {
        List<String> all = new ArrayList<>();
        for (String cover : COVERS) {
            for (String deed : DEEDS) {
                all.add(cover.replace("%s", deed));
            }
        }
        return List.copyOf(all);
    }
}
