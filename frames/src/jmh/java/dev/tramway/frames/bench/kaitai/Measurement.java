// This is a generated file! Please edit source .ksy file and use kaitai-struct-compiler to rebuild

package dev.tramway.frames.bench.kaitai;

import io.kaitai.struct.ByteBufferKaitaiStream;
import io.kaitai.struct.KaitaiStruct;
import io.kaitai.struct.KaitaiStream;
import java.io.IOException;

public class Measurement extends KaitaiStruct {
    public static Measurement fromFile(String fileName) throws IOException {
        return new Measurement(new ByteBufferKaitaiStream(fileName));
    }

    public Measurement(KaitaiStream _io) {
        this(_io, null, null);
    }

    public Measurement(KaitaiStream _io, KaitaiStruct _parent) {
        this(_io, _parent, null);
    }

    public Measurement(KaitaiStream _io, KaitaiStruct _parent, Measurement _root) {
        super(_io);
        this._parent = _parent;
        this._root = _root == null ? this : _root;
        _read();
    }
    private void _read() {
        this.ml = this._io.readU2be();
        this.pv = this._io.readU1();
        this.te = this._io.readU1();
        this.integrity = this._io.readBytes(3);
        this.sd = this._io.readU4be();
        this.rf = this._io.readU1();
        this.sc = this._io.readU1();
        this.ch = this._io.readU1();
        this.cmd = this._io.readU1();
        this.rc = this._io.readU1();
        this.ts = new Stamp(this._io, this, _root);
        this.nut = this._io.readU4be();
        switch (cmd()) {
        case 108: {
            this.body = new List(this._io, this, _root);
            break;
        }
        case 109: {
            this.body = new Report(this._io, this, _root);
            break;
        }
        case 110: {
            this.body = new List(this._io, this, _root);
            break;
        }
        case 111: {
            this.body = new Relay(this._io, this, _root);
            break;
        }
        case 112: {
            this.body = new Wishes(this._io, this, _root);
            break;
        }
        case 118: {
            this.body = new Versions(this._io, this, _root);
            break;
        }
        }
    }

    public void _fetchInstances() {
        this.ts._fetchInstances();
        switch (cmd()) {
        case 108: {
            ((List) (this.body))._fetchInstances();
            break;
        }
        case 109: {
            ((Report) (this.body))._fetchInstances();
            break;
        }
        case 110: {
            ((List) (this.body))._fetchInstances();
            break;
        }
        case 111: {
            ((Relay) (this.body))._fetchInstances();
            break;
        }
        case 112: {
            ((Wishes) (this.body))._fetchInstances();
            break;
        }
        case 118: {
            ((Versions) (this.body))._fetchInstances();
            break;
        }
        }
    }
    public static class List extends KaitaiStruct {
        public static List fromFile(String fileName) throws IOException {
            return new List(new ByteBufferKaitaiStream(fileName));
        }

        public List(KaitaiStream _io) {
            this(_io, null, null);
        }

        public List(KaitaiStream _io, Measurement _parent) {
            this(_io, _parent, null);
        }

        public List(KaitaiStream _io, Measurement _parent, Measurement _root) {
            super(_io);
            this._parent = _parent;
            this._root = _root;
            _read();
        }
        private void _read() {
            this.map = this._io.readU1();
        }

        public void _fetchInstances() {
        }
        private int map;
        private Measurement _root;
        private Measurement _parent;
        public int map() { return map; }
        public Measurement _root() { return _root; }
        public Measurement _parent() { return _parent; }
    }
    public static class Relay extends KaitaiStruct {
        public static Relay fromFile(String fileName) throws IOException {
            return new Relay(new ByteBufferKaitaiStream(fileName));
        }

        public Relay(KaitaiStream _io) {
            this(_io, null, null);
        }

        public Relay(KaitaiStream _io, Measurement _parent) {
            this(_io, _parent, null);
        }

        public Relay(KaitaiStream _io, Measurement _parent, Measurement _root) {
            super(_io);
            this._parent = _parent;
            this._root = _root;
            _read();
        }
        private void _read() {
            this.relay = this._io.readU1();
            this.operation = this._io.readU1();
        }

        public void _fetchInstances() {
        }
        private int relay;
        private int operation;
        private Measurement _root;
        private Measurement _parent;
        public int relay() { return relay; }
        public int operation() { return operation; }
        public Measurement _root() { return _root; }
        public Measurement _parent() { return _parent; }
    }
    public static class Report extends KaitaiStruct {
        public static Report fromFile(String fileName) throws IOException {
            return new Report(new ByteBufferKaitaiStream(fileName));
        }

        public Report(KaitaiStream _io) {
            this(_io, null, null);
        }

        public Report(KaitaiStream _io, Measurement _parent) {
            this(_io, _parent, null);
        }

        public Report(KaitaiStream _io, Measurement _parent, Measurement _root) {
            super(_io);
            this._parent = _parent;
            this._root = _root;
            _read();
        }
        private void _read() {
            this.alert = this._io.readU1();
            this.value = this._io.readF4be();
        }

        public void _fetchInstances() {
        }
        private int alert;
        private float value;
        private Measurement _root;
        private Measurement _parent;
        public int alert() { return alert; }
        public float value() { return value; }
        public Measurement _root() { return _root; }
        public Measurement _parent() { return _parent; }
    }
    public static class Stamp extends KaitaiStruct {
        public static Stamp fromFile(String fileName) throws IOException {
            return new Stamp(new ByteBufferKaitaiStream(fileName));
        }

        public Stamp(KaitaiStream _io) {
            this(_io, null, null);
        }

        public Stamp(KaitaiStream _io, Measurement _parent) {
            this(_io, _parent, null);
        }

        public Stamp(KaitaiStream _io, Measurement _parent, Measurement _root) {
            super(_io);
            this._parent = _parent;
            this._root = _root;
            _read();
        }
        private void _read() {
            this.year = this._io.readU2be();
            this.month = this._io.readU1();
            this.day = this._io.readU1();
            this.hour = this._io.readU1();
            this.minute = this._io.readU1();
            this.second = this._io.readU1();
        }

        public void _fetchInstances() {
        }
        private int year;
        private int month;
        private int day;
        private int hour;
        private int minute;
        private int second;
        private Measurement _root;
        private Measurement _parent;
        public int year() { return year; }
        public int month() { return month; }
        public int day() { return day; }
        public int hour() { return hour; }
        public int minute() { return minute; }
        public int second() { return second; }
        public Measurement _root() { return _root; }
        public Measurement _parent() { return _parent; }
    }
    public static class Versions extends KaitaiStruct {
        public static Versions fromFile(String fileName) throws IOException {
            return new Versions(new ByteBufferKaitaiStream(fileName));
        }

        public Versions(KaitaiStream _io) {
            this(_io, null, null);
        }

        public Versions(KaitaiStream _io, Measurement _parent) {
            this(_io, _parent, null);
        }

        public Versions(KaitaiStream _io, Measurement _parent, Measurement _root) {
            super(_io);
            this._parent = _parent;
            this._root = _root;
            _read();
        }
        private void _read() {
            this.vp1 = this._io.readU2be();
            this.vp2 = this._io.readU2be();
            this.vp3 = this._io.readU2be();
            this.vhw = this._io.readU2be();
        }

        public void _fetchInstances() {
        }
        private int vp1;
        private int vp2;
        private int vp3;
        private int vhw;
        private Measurement _root;
        private Measurement _parent;
        public int vp1() { return vp1; }
        public int vp2() { return vp2; }
        public int vp3() { return vp3; }
        public int vhw() { return vhw; }
        public Measurement _root() { return _root; }
        public Measurement _parent() { return _parent; }
    }
    public static class Wishes extends KaitaiStruct {
        public static Wishes fromFile(String fileName) throws IOException {
            return new Wishes(new ByteBufferKaitaiStream(fileName));
        }

        public Wishes(KaitaiStream _io) {
            this(_io, null, null);
        }

        public Wishes(KaitaiStream _io, Measurement _parent) {
            this(_io, _parent, null);
        }

        public Wishes(KaitaiStream _io, Measurement _parent, Measurement _root) {
            super(_io);
            this._parent = _parent;
            this._root = _root;
            _read();
        }
        private void _read() {
            this.clock = this._io.readU1();
            this.slaves = this._io.readU1();
            this.sensors = this._io.readU1();
            this.levels = this._io.readU1();
        }

        public void _fetchInstances() {
        }
        private int clock;
        private int slaves;
        private int sensors;
        private int levels;
        private Measurement _root;
        private Measurement _parent;
        public int clock() { return clock; }
        public int slaves() { return slaves; }
        public int sensors() { return sensors; }
        public int levels() { return levels; }
        public Measurement _root() { return _root; }
        public Measurement _parent() { return _parent; }
    }
    private int ml;
    private int pv;
    private int te;
    private byte[] integrity;
    private long sd;
    private int rf;
    private int sc;
    private int ch;
    private int cmd;
    private int rc;
    private Stamp ts;
    private long nut;
    private KaitaiStruct body;
    private Measurement _root;
    private KaitaiStruct _parent;
    public int ml() { return ml; }
    public int pv() { return pv; }
    public int te() { return te; }
    public byte[] integrity() { return integrity; }
    public long sd() { return sd; }
    public int rf() { return rf; }
    public int sc() { return sc; }
    public int ch() { return ch; }
    public int cmd() { return cmd; }
    public int rc() { return rc; }
    public Stamp ts() { return ts; }
    public long nut() { return nut; }
    public KaitaiStruct body() { return body; }
    public Measurement _root() { return _root; }
    public KaitaiStruct _parent() { return _parent; }
}
